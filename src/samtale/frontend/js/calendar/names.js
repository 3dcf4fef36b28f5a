// What FullCalendar leaves unsaid to screen readers.

/** A column's header says its day in words too, and not in its label alone. */
export function nameHeader(header) {
  for (const hidden of header.querySelectorAll("[aria-hidden=true]")) hidden.removeAttribute("aria-hidden");
}

/** The empty corner before the row of the day's interviews heads nothing. */
export function nameRows(view) {
  for (const corner of view.querySelectorAll("[role=rowheader]")) {
    if (!corner.textContent.trim()) corner.setAttribute("role", "gridcell");
  }
}

/** What scrolls can be scrolled by the keyboard, also where it holds nothing to stop at. */
export function reachScrolled(view) {
  for (const part of view.querySelectorAll("div")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(part).overflowY);
    if (!scrolls || part.querySelector("a[href], button, [tabindex]")) continue;
    // A cell of the grid may take the focus, and what scrolls is no part of a grid itself.
    const cell = part.querySelector("[role=gridcell]");
    if (cell) cell.tabIndex = 0;
  }
}
