// What leads to the interviews that did not find room.
import { element } from "./content.js";

/** What the button does, for the ears and for a pointer that rests on it. */
export function moreWords(number, { words }) {
  return number === 1 ? words.oneMore : words.more.replace("{count}", number);
}

/** What is seen is as short as the room; what is heard is not "+4". */
export function moreContent({ num, text }, settings) {
  const seen = element("span", "", text);
  seen.setAttribute("aria-hidden", "true");
  return { domNodes: [seen, element("span", "ds-sr-only", moreWords(num, settings))] };
}
