// <ds-tabs data-languages>: one panel a language, side by side with the others of the page.
// A panel that holds an error opens first, a link to a field opens its panel, and choosing a language
// in one set chooses it in all. Without scripts every panel is shown.
import "@digdir/designsystemet-web/ds-tabs";

const indexOf = (tab) => [...tab.parentElement.children].indexOf(tab);

function open(panel) {
  const tab = panel && document.querySelector(`ds-tab[aria-controls="${panel.id}"]`);
  if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
}

function openWithErrors() {
  for (const tabs of document.querySelectorAll("ds-tabs")) {
    open(tabs.querySelector('[aria-invalid="true"]')?.closest("ds-tabpanel"));
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link) open(document.getElementById(link.hash.slice(1))?.closest("ds-tabpanel"));
  const chosen = event.isTrusted && event.target.closest?.("ds-tabs[data-languages] ds-tab");
  if (!chosen) return;
  for (const list of document.querySelectorAll("ds-tabs[data-languages] ds-tablist")) {
    const twin = list.children[indexOf(chosen)];
    if (twin !== chosen && twin?.getAttribute("aria-selected") !== "true") twin?.click();
  }
}, true);
window.addEventListener("load", openWithErrors);
