// The view and the date live in the address, beside the filters, and survive reload and Back.

const DAY = 24 * 60 * 60 * 1000;
const iso = (date) => date.toISOString().slice(0, 10);

export class Address {
  constructor(settings) {
    this.settings = settings;
    this.title = document.getElementById("calendar-title");
    this.pageTitle = document.title;
    this.filters = document.querySelector("[data-calendar-filters]");
  }

  /** The present address with other values; null takes one out. */
  with(values) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    return `${this.settings.calendar}?${query}`;
  }

  /** Keep what is shown as a step that Back returns from. */
  push(view, date) {
    const next = this.with({ view, date: iso(date) });
    if (next !== location.pathname + location.search) history.pushState({}, "", next);
    this.refresh(view, date);
  }

  /** Say what is shown: in the heading, and in the links that lead elsewhere from here. */
  shows(view, shown) {
    this.title.textContent = shown.title;
    document.title = `${shown.title} – ${this.pageTitle}`; // what tabs and the history call it
    this.first = shown.currentStart;
    this.last = new Date(shown.currentEnd.getTime() - DAY);
    if (view === "week") {
      const week = document.createElement("span");
      week.className = "muted";
      week.textContent = `${this.settings.words.week} ${isoWeek(this.first)}`;
      this.title.append(" ", week);
    }
    this.refresh(view, this.date ?? new Date(`${this.settings.date}T00:00Z`));
  }

  refresh(view, date) {
    this.date = date;
    const day = iso(date);
    for (const link of document.querySelectorAll("[data-calendar-views] [data-view]")) {
      const name = link.dataset.view;
      if (name === view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.href =
        name === "list"
          ? this.with({ view: name, date: null, date_from: iso(this.first), date_to: iso(this.last) })
          : this.with({ view: name, date: day });
    }
    const before = iso(new Date(this.first.getTime() - DAY));
    const after = iso(new Date(this.last.getTime() + DAY));
    for (const [step, target] of Object.entries({ prev: before, next: after, today: null })) {
      document.querySelector(`[data-calendar-step=${step}]`).href = this.with({ view, date: target });
    }
    for (const link of document.querySelectorAll("[data-calendar-print]")) {
      link.href = this.with({ view: "print", date: day });
    }
    for (const link of document.querySelectorAll("[data-calendar-new]")) link.search = `?date=${day}`;
    const fields = this.filters.elements;
    fields.namedItem("view").disabled = false;
    fields.namedItem("view").value = view;
    fields.namedItem("date").value = day;
  }
}

/** The number of the ISO week that begins on the Monday `monday`. */
function isoWeek(monday) {
  const thursday = new Date(monday.getTime() + 3 * DAY);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / (7 * DAY)) + 1;
}

/** Follow the links without fetching the page anew, and Back and Forward too. */
export function keepAddress({ calendar, address, go, views }) {
  const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("[data-calendar-step]");
    const view = event.target.closest?.("[data-calendar-views] [data-view]");
    const name = view?.dataset.view;
    if (!isPlain(event) || !(step || name in views)) return;
    event.preventDefault();
    if (step) {
      calendar[step.dataset.calendarStep]();
      address.push(Object.keys(views).find((each) => views[each] === calendar.view.type), calendar.getDate());
    } else {
      go(name);
    }
  });
  // Only what is chosen is sent, so that the address says no more than it has to.
  address.filters.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
  window.addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search);
    const { settings } = address;
    const name = query.get("view") ?? settings.view;
    address.date = new Date(`${query.get("date") ?? settings.date}T00:00Z`);
    calendar.changeView(views[name] ?? views.week, iso(address.date));
    address.refresh(name, address.date);
  });
}
