// Small buttons:
//   data-print           prints the page
//   data-dialog="id"     opens the <dialog>; inside it, data-close closes

const ACTIONS = {
  print: () => window.print(),
  dialog: (button) => document.getElementById(button.dataset.dialog)?.showModal(),
  close: (button) => button.closest("dialog")?.close(),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  for (const [name, act] of Object.entries(ACTIONS)) {
    if (name in button.dataset) act(button);
  }
});
