// One interview in a dialog: the server writes what it says.

const dialog = document.getElementById("calendar-dialog");
const here = () => location.pathname + location.search;

export async function openDetails(event, settings, says, opener) {
  const address = settings.interview.replace("/0/", `/${event.id}/`);
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (response.redirected || !response.ok) throw new Error(String(response.status));
    show(await response.text());
  } catch {
    location.assign(address); // the page itself says what is wrong, or asks for a log-in
    return;
  }
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
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

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
