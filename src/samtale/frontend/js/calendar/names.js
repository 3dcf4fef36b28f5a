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
