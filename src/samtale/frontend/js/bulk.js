// <form data-bulk>: rows that can be ticked, and the bar that says how many are.
//
//   [data-bulk-all]    header checkbox: ticks every row of the page, half-ticked when some are
//   [data-bulk-row]    a row's checkbox; Shift + click ticks all from the last one
//   [data-bulk-count]  shows the number; data-one and data-many hold its words, {n} the number
//   [data-bulk-every]  button "Select all 214": sets the hidden field `all` to 1; again takes it back
import { all, onContent } from "./start.js";

const rows = (form) => [...form.querySelectorAll("[data-bulk-row]:not(:disabled)")];
const lastClicked = new WeakMap();

function setEvery(form, on) {
  const field = form.querySelector("input[name=all]");
  if (field) field.value = on ? "1" : "";
  for (const button of form.querySelectorAll("[data-bulk-every]")) {
    button.setAttribute("aria-pressed", String(on));
  }
}

function show(form) {
  const boxes = rows(form);
  const ticked = boxes.filter((box) => box.checked).length;
  const every = form.querySelector("input[name=all]")?.value === "1";
  for (const box of form.querySelectorAll("[data-bulk-all]")) {
    box.checked = ticked > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  for (const place of form.querySelectorAll("[data-bulk-count]")) {
    const number = every ? Number(place.dataset.total) : ticked;
    const words = (number === 1 ? place.dataset.one : place.dataset.many).replace("{n}", number);
    if (place.textContent !== words) place.textContent = words;
  }
  for (const button of form.querySelectorAll("[data-bulk-every]")) {
    button.hidden = ticked < boxes.length && !every;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-bulk]");
  if (!form || !event.target.matches("[data-bulk-all], [data-bulk-row]")) return;
  if (event.target.matches("[data-bulk-all]")) {
    for (const box of rows(form)) box.checked = event.target.checked;
  }
  setEvery(form, false);
  show(form);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("form[data-bulk]");
  if (!form) return;
  if (event.target.closest("[data-bulk-every]")) {
    const on = form.querySelector("input[name=all]")?.value !== "1";
    for (const box of rows(form)) box.checked = on;
    setEvery(form, on);
    show(form);
  } else if (event.target.matches("[data-bulk-row]")) {
    const boxes = rows(form);
    const [from, to] = [boxes.indexOf(lastClicked.get(form)), boxes.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) {
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    lastClicked.set(form, event.target);
  }
});

const showAll = (root) => all(root, "form[data-bulk]").forEach(show);
onContent((root) => {
  showAll(root);
  const form = root.closest?.("form[data-bulk]");
  if (form) show(form);
});
// The browser ticks again what was ticked before "Back".
window.addEventListener("pageshow", () => showAll(document));
