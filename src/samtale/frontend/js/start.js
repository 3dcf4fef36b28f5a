// `onContent(work)`: does `work(root)` for the page, and again for each part that htmx puts in later.

export function onContent(work) {
  work(document);
  document.addEventListener("htmx:afterSettle", (event) => work(event.target));
}

/** All elements in `root` that match, `root` itself included. */
export function all(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...found] : found;
}
