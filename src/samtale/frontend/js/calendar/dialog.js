// One interview in a dialog: the server writes what it says.

const dialog = document.getElementById("calendar-dialog");
const fallback = document.getElementById("calendar-title");
const here = () => location.pathname + location.search;

let isFetching = false;

export async function openDetails(event, settings, says, opener) {
  if (isFetching) return; // a second click, or an impatient second press
  const address = settings.interview.replace("/0/", `/${event.id}/`);
  isFetching = true;
  says.busy(true);
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (response.redirected || !response.ok) throw new Error(String(response.status));
    show(await response.text());
  } catch {
    location.assign(address); // the page itself says what is wrong, or asks for a log-in
    return;
  } finally {
    isFetching = false;
    says.busy(false);
  }
  dialog.addEventListener("close", () => (opener?.isConnected ? opener : fallback).focus(), { once: true });
}

function show(html) {
  dialog.innerHTML = html;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "ds-button";
  close.dataset.variant = "tertiary";
  close.dataset.icon = "true";
  close.dataset.color = "neutral";
  close.dataset.close = close.dataset.command = "close";
  close.setAttribute("aria-label", dialog.dataset.closeLabel);
  dialog.prepend(close);
  // What is done there leads back to the calendar as it is now.
  for (const link of dialog.querySelectorAll("[data-calendar-next]")) {
    link.href = `${link.getAttribute("href")}?${new URLSearchParams({ next: here() })}`;
  }
  dialog.showModal();
  dialog.querySelector("#calendar-dialog-title")?.focus();
}

// FullCalendar closes what it has opened at every Escape, and every press elsewhere: also at those that mean the
// dialog alone, which would then be left without the place that it was opened from.
window.addEventListener("keydown", (event) => event.key === "Escape" && dialog?.open && event.stopPropagation(), true);
dialog?.addEventListener("mousedown", (event) => event.stopPropagation());

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
