// Moving by hand, and marking a time. Nothing is changed here: both lead to a page that asks first.
import { asTyped, inWords, wallClock } from "./clock.js";

const MINUTE = 60_000;
const here = () => location.pathname + location.search;

/** Whether an interview may begin there: not in what is past. In the month a day that has not ended will do. */
export function canDrop({ start, allDay }, settings) {
  const now = wallClock(settings.zone);
  return allDay ? start.toISOString().slice(0, 10) >= now.slice(0, 10) : asTyped(start) > now.slice(0, 16);
}

/** How many minutes it lasts: those it did, and those by which it was resized. Where clocks change meanwhile, it
 * lasts longer or shorter than it looks. */
function minutesOf({ start, end, extendedProps }, before) {
  const seen = (event) => Math.round((event.end - event.start) / MINUTE);
  return (extendedProps.minutes ?? seen(before)) + seen({ start, end }) - seen(before);
}

/** The event goes back to where it was, and stays there unless the new time is saved on the next page. */
export function dropped({ event, oldEvent, revert }, settings, says) {
  const { id, title, start } = event;
  const query = new URLSearchParams({
    start: asTyped(start),
    duration: String(minutesOf(event, oldEvent)),
    next: here(),
  });
  revert();
  says.say(
    settings.words.moved.replace("{title}", title).replace("{when}", inWords(start, settings.language)),
  );
  location.assign(`${settings.move.replace("/0/", `/${id}/`)}?${query}`);
}

/** A marked time begins a new interview. In the month whole days are marked, which say nothing of how long. */
export function selected({ start, end, allDay }, settings, says) {
  const query = new URLSearchParams({ start: allDay ? asTyped(start).slice(0, 10) : asTyped(start) });
  if (!allDay) query.set("duration", String(Math.round((end - start) / MINUTE)));
  says.say(settings.words.created.replace("{when}", inWords(start, settings.language, allDay)));
  location.assign(`${settings.create}?${query}`);
}
