// How an interview looks: its symbol and colour by what has been said, its words, and what is read aloud.

import { inWords } from "./clock.js";

const SVG = "http://www.w3.org/2000/svg";

/** Which of the looks in the legend an event has. */
const lookOf = (event) => event.extendedProps.state ?? (event.extendedProps.status || "not_relevant");

export function eventClass({ event, view, isMirror }) {
  const { own, state } = event.extendedProps;
  const classes = ["cal-event", `cal-${lookOf(event)}`];
  if (view.type.startsWith("dayGrid")) classes.push("cal-row");
  if (own) classes.push("cal-own");
  if (state === "cancelled" || state === "emptied") classes.push("cal-off");
  if (isMirror) classes.push("cal-mirror");
  return classes.join(" ");
}

/** A day above its column: its name, in the week its number too; in words above what did not find room there. */
export function dayHeader({ date, text, view, isNarrow, isToday, inPopover }, settings) {
  if (view.type === "dayGridMonth" && !inPopover) return text;
  if (inPopover) return { domNodes: [element("span", "", inWords(date, settings.language, true))] };
  const language = settings.language === "nb" ? "nb-NO" : "en-GB";
  const format = (options) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }).format(date);
  const box = element("span", `cal-day${isToday ? " cal-today" : ""}${isNarrow ? " cal-narrow" : ""}`);
  box.append(element("span", "", format({ weekday: isNarrow ? "narrow" : "short" })));
  box.append(element("span", "cal-number", String(date.getUTCDate())));
  return { domNodes: [box] };
}

export function eventContent({ event, timeText, view, isShort, isNarrow, isMirror }, settings) {
  const box = element("span", `cal-content${isNarrow ? " cal-narrow" : ""}`);
  if (isMirror && !event.extendedProps.activity) {
    box.append(element("strong", "cal-time", timeText));
    return { domNodes: [box] };
  }
  const { coming, own, activity, project } = event.extendedProps;
  const look = settings.looks[lookOf(event)];
  const isMonth = view.type.startsWith("dayGrid");
  const head = element("span", "cal-head");
  if (look) head.append(icon(settings, look.icon));
  const [start, ...end] = timeText.split(/(?=\s*[–-])/);
  const time = element("span", "cal-time", start);
  if (!isMonth && !isShort) time.append(element("span", "cal-until", end.join("")));
  head.append(time);
  const name = element("span", "cal-name", coming ? `${event.title} · ${coming}` : event.title);
  const what = [settings.activities[activity], settings.projects?.[project]].filter(Boolean).join(" · ");
  if (isMonth || isShort) {
    head.append(name);
    if (view.type === "timeGridDay") head.append(element("span", "cal-what", what));
    if (own) head.append(icon(settings, "star", "cal-star"));
    box.append(head);
  } else if (view.type === "timeGridDay") {
    head.append(name);
    if (own) head.append(icon(settings, "star", "cal-star"));
    box.append(head, element("span", "cal-what", what));
  } else {
    if (own) head.append(icon(settings, "star", "cal-star"));
    box.append(head, name, element("span", "cal-what", what));
  }
  return { domNodes: [box] };
}

/** The whole event in one sentence. The colour repeats what it says. */
export function describe(event, settings) {
  const { coming, own, activity, project } = event.extendedProps;
  const time = `${event.startStr.slice(11, 16)}–${event.endStr.slice(11, 16)}`;
  return [
    time,
    event.title,
    coming,
    settings.activities[activity],
    settings.looks[lookOf(event)]?.label,
    own && settings.own,
    settings.projects?.[project],
    inWords(event.start, settings.language, true),
  ]
    .filter(Boolean)
    .join(", ");
}

export function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function icon(settings, name, more = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${more}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${settings.icons}#${name}`);
  svg.append(use);
  return svg;
}
