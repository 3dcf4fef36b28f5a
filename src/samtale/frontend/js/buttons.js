// Small buttons:
//   data-print           prints the page
//   data-copy="id"       copies the value of that field, and says data-copied for a moment
//   data-dialog="id"     opens the <dialog>; inside it, data-close closes

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  const words = button.querySelector("[role=status]");
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = ""), 3000);
}

const ACTIONS = {
  copy,
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
