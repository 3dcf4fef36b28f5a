// <button type="button" data-insert-tag="{name}">: puts the tag where the cursor was.
// Into the text field last used inside the nearest [data-tag-fields], else into its first textarea.

const TEXT = "textarea, input:not([type]), input[type=text]";
let lastUsed = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(TEXT)) lastUsed = event.target;
});

function fieldFor(button) {
  const area = button.closest("[data-tag-fields]") ?? document;
  return area.contains(lastUsed) && lastUsed?.isConnected ? lastUsed : area.querySelector("textarea");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert-tag]");
  const field = button && fieldFor(button);
  if (!field) return;
  field.focus();
  field.setRangeText(button.dataset.insertTag, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
