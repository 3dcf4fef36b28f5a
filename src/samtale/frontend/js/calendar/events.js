// Fetches the interviews of what is shown, and again when somebody comes back to the window.

const STALE_AFTER = 20_000; // milliseconds

/** What FullCalendar calls for a range: asks the server, with the filters that are in the address. */
export function fetchEvents(settings, says) {
  let known = [];
  return async ({ startStr, endStr }) => {
    if (settings.isRefused) {
      says.refused();
      return [];
    }
    says.busy(true);
    try {
      const found = await ask(settings, startStr.slice(0, 19), endStr.slice(0, 19));
      settings.projects = found.projects;
      says.fetched(found.events.length);
      known = found.events.map((event) => ({
        ...event,
        url: settings.interview.replace("/0/", `/${event.id}/`),
      }));
    } catch {
      says.failed(); // what was there stays, with a word that it may be old
    } finally {
      says.busy(false);
    }
    return known;
  };
}

async function ask(settings, start, end) {
  const query = new URLSearchParams(location.search);
  for (const name of ["view", "date", "date_from", "date_to", "page"]) query.delete(name);
  query.set("start", start);
  query.set("end", end);
  const response = await fetch(`${settings.events}?${query}`, { headers: { Accept: "application/json" } });
  if (response.redirected) location.reload(); // the session has ended: the page itself leads to the log-in
  if (!response.ok) throw new Error(`The calendar answered ${response.status}.`);
  return response.json();
}

/** Let a calendar that was left open never stay old. Nothing is asked for while nobody looks, so that the
 * session still ends when it should. */
export function refetchOnReturn(calendar) {
  let asked = Date.now();
  const again = () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < STALE_AFTER) return;
    asked = Date.now();
    calendar.refetchEvents();
  };
  document.addEventListener("visibilitychange", again);
  window.addEventListener("focus", again);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) calendar.refetchEvents();
  });
  document.querySelector("[data-calendar-failed] button").addEventListener("click", () => calendar.refetchEvents());
}
