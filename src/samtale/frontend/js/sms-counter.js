// <p data-sms-counter="id">: characters and segments of the text in the field with that id.
// data-one and data-many hold the words: {characters} and {segments}. data-unicode is added when the
// text needs 16-bit letters, of which fewer fit.
import { measure } from "./sms-length.js";
import { all, onContent } from "./start.js";

function show(counter, field) {
  const { unicode, units, segments: count } = measure(field.value.replace(/\r\n/g, "\n"));
  const words = count === 1 ? counter.dataset.one : counter.dataset.many;
  const text = words.replace("{characters}", units).replace("{segments}", count);
  counter.textContent = unicode && counter.dataset.unicode ? `${text} ${counter.dataset.unicode}` : text;
}

onContent((root) => {
  for (const counter of all(root, "[data-sms-counter]")) {
    const field = document.getElementById(counter.dataset.smsCounter);
    if (!field || counter.dataset.ready) continue;
    counter.dataset.ready = "1";
    field.addEventListener("input", () => show(counter, field));
    show(counter, field);
  }
});
