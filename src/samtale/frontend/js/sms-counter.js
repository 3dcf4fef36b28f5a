// <p data-sms-counter="id">: characters and segments of the text in the field with that id.
// data-one and data-many hold the words: {characters} and {segments}. data-unicode is added when the
// text needs 16-bit letters, of which fewer fit.
import { all, onContent } from "./start.js";

const GSM7 =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM7_TWO = "\f^{}\\[~]|€";

/** Number of segments and of characters; in GSM-7 some characters take the room of two. */
export function measure(text) {
  let units = 0;
  for (const letter of text) {
    if (GSM7.includes(letter)) units += 1;
    else if (GSM7_TWO.includes(letter)) units += 2;
    else return { unicode: true, units: text.length, segments: segments(text.length, 70, 67) };
  }
  return { unicode: false, units, segments: segments(units, 160, 153) };
}

function segments(units, single, each) {
  return units <= single ? 1 : Math.ceil(units / each);
}

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
