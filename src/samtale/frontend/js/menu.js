// The menu of narrow screens (<details class="shell-menu">): Escape and a click outside close it.

const menu = document.querySelector(".shell-menu");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// <details data-closed-when-narrow>: open from the start where there is room, as without scripts.
if (!window.matchMedia("(width >= 48rem)").matches) {
  for (const details of document.querySelectorAll("details[data-closed-when-narrow]")) details.open = false;
}
