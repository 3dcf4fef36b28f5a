// Says how many interviews did not find room where the button that leads to them stands far below.

const SETTLED = 100; // milliseconds without a change

/** Keep the line above the grid true. In narrow columns "+50" stands below the last interview, often out of
 * view; where there is room it stands beside them, and nothing more need be said. */
export function tellHidden(place, calendar, settings) {
  const line = document.querySelector("[data-calendar-hidden]");
  const count = () => {
    const drawn = [...place.querySelectorAll("a.cal-event")].filter((each) => !each.closest(".cal-popover"));
    const total = calendar.getEvents().length;
    const hidden = total - new Set(drawn.map((each) => each.getAttribute("href"))).size;
    const isTold = hidden > 0 && place.querySelector(".cal-more-below") !== null;
    const words = settings.words.hidden.replace("{count}", hidden).replace("{number}", total);
    if (isTold && line.firstElementChild.textContent !== words) line.firstElementChild.textContent = words;
    line.querySelector("a").href = document.querySelector('[data-calendar-views] [data-view="list"]').href;
    if (line.hidden === isTold) line.hidden = !isTold;
  };
  let waiting = 0;
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(count, SETTLED);
  }).observe(place, { childList: true, subtree: true });
}
