// <form data-auto-submit>: submits when a select, date, checkbox or radio in it changes.
// Its submit button is then only for people without scripts, and is hidden from sight
// (it stays in the tab order for the keyboard, where it shows itself).
import { all, onContent } from "./start.js";

const CHOICES = "select, input[type=date], input[type=checkbox], input[type=radio]";

document.addEventListener("change", (event) => {
  const form = event.target.form; // also where the field stands outside the form and names it
  if (form?.matches("form[data-auto-submit]") && event.target.matches(CHOICES)) form.requestSubmit();
});

onContent((root) => {
  for (const form of all(root, "form[data-auto-submit]")) {
    if (form.querySelector("input[type=search], input[type=text]")) continue;
    for (const button of form.querySelectorAll("button[type=submit]")) button.classList.add("ds-sr-only");
  }
});
