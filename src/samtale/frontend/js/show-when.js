// [data-show-when="field=a b"]: shown only while the form's field has one of the values.
// `field=*` means ticked or filled, `field=` means unticked or empty. Hidden fields are disabled, so that they are
// not sent and not tabbed to; with data-keep they are sent all the same, so that nothing typed is lost. Without scripts everything is shown.
import { all, onContent } from "./start.js";

function valuesOf(form, name) {
  const fields = form.elements[name];
  if (!fields) return [];
  const list = fields instanceof RadioNodeList ? [...fields] : [fields];
  return list
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value)
    .filter(Boolean);
}

function isWanted(form, rule) {
  const [name, wanted = "*"] = rule.split("=");
  const values = valuesOf(form, name.trim());
  if (wanted.trim() === "*") return values.length > 0;
  if (wanted.trim() === "") return values.length === 0;
  return wanted.trim().split(/\s+/).some((value) => values.includes(value));
}

function setShown(element, shown) {
  element.dataset.state = shown ? "on" : "off";
  if ("keep" in element.dataset) return;
  for (const field of element.querySelectorAll("input, select, textarea, button")) {
    if (!shown && !field.disabled) {
      field.disabled = true;
      field.dataset.offByRule = "";
    } else if (shown && "offByRule" in field.dataset) {
      field.disabled = false;
      delete field.dataset.offByRule;
    }
  }
}

function update(form) {
  for (const element of form.querySelectorAll("[data-show-when]")) {
    setShown(element, isWanted(form, element.dataset.showWhen));
  }
}

document.addEventListener("change", (event) => {
  if (event.target.form) update(event.target.form);
});
onContent((root) => {
  const forms = new Set(all(root, "[data-show-when]").map((element) => element.closest("form")));
  forms.forEach((form) => form && update(form));
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(update));
