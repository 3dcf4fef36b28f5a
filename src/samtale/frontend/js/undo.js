// <div data-undo="30">: counts the seconds in [data-undo-left] down; at the end [data-undo-open] goes, and
// [data-undo-over], a live region, says so with the words of the <template>. Only the end is announced.

for (const place of document.querySelectorAll("[data-undo]")) {
  const end = Date.now() + Number(place.dataset.undo) * 1000;
  const clock = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) {
      place.querySelector("[data-undo-left]").textContent = left;
      return;
    }
    clearInterval(clock);
    place.querySelector("[data-undo-open]").remove();
    place.querySelector("[data-undo-over]").textContent = place.querySelector("template").content.textContent;
  }, 1000);
}
