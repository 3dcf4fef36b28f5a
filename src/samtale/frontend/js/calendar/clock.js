// What clocks show somewhere, whatever the browser's own zone is.

/** What clocks in `zone` show now, such as "2026-03-16T09:00:00". */
export function wallClock(zone, instant = new Date()) {
  const options = {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  };
  const parts = new Intl.DateTimeFormat("en-GB", options).formatToParts(instant);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** A date as the calendar has it, such as "2026-03-16T09:00": its UTC is the reader's wall clock. */
export const asTyped = (date) => date.toISOString().slice(0, 16);

/** Date and time in words. */
export function inWords(date, language, isAllDay = false) {
  const options = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" };
  const time = isAllDay ? {} : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", { ...options, ...time }).format(date);
}
