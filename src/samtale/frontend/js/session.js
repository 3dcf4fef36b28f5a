// <dialog data-session>: warns before the session ends, and lets it be extended.
//
//   data-seconds      how long a session lives without a request
//   data-warn         how many seconds before the end to warn
//   data-extend       address that extends it (POST)
//   data-logout       address that ends it (POST)
//   data-login        where to go at the end; `next` is added
//   [data-session-left] shows the time left; data-minutes and data-seconds-left hold its words
//   [data-session-extend] the button
//
// Any tab's request extends the session for all, so the last activity is kept in localStorage.

const dialog = document.querySelector("dialog[data-session]");
const KEY = "samtale.active";
let fallback = Date.now();
let clock;

function remember() {
  try {
    localStorage.setItem(KEY, String(Date.now()));
  } catch {
    fallback = Date.now();
  }
}

function lastActive() {
  try {
    return Math.max(fallback, Number(localStorage.getItem(KEY)) || 0);
  } catch {
    return fallback;
  }
}

function words(seconds, place) {
  const minutes = Math.ceil(seconds / 60);
  return seconds > 60
    ? place.dataset.minutes.replace("{n}", minutes)
    : place.dataset.secondsLeft.replace("{n}", Math.max(seconds, 0));
}

/** Say the time left aloud at whole minutes and at 30 and 10 seconds, not every second. */
function announce(seconds, text) {
  const place = dialog.querySelector("[data-session-announce]");
  if (place && (seconds % 60 === 0 || seconds === 30 || seconds === 10)) place.textContent = text;
}

/** End the session for all tabs, and go to where one logs in again. */
async function leave() {
  clearInterval(clock);
  await post(dialog.dataset.logout);
  const address = new URL(dialog.dataset.login, location.href);
  address.searchParams.set("next", location.pathname + location.search);
  address.searchParams.set("ended", "1");
  location.assign(address);
}

function tick() {
  const left = Math.round(Number(dialog.dataset.seconds) - (Date.now() - lastActive()) / 1000);
  if (left <= 0) return leave();
  if (left > Number(dialog.dataset.warn)) {
    if (dialog.open) dialog.close();
    return;
  }
  if (!dialog.open) dialog.showModal();
  const place = dialog.querySelector("[data-session-left]");
  place.textContent = words(left, place);
  announce(left, place.textContent);
}

/** The answer; null without a network. */
function post(address) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "X-CSRFToken": token };
  return fetch(address, { method: "POST", headers, redirect: "manual" }).catch(() => null);
}

async function extend() {
  const answer = await post(dialog.dataset.extend);
  if (answer?.ok) {
    remember();
    tick();
  } else if (answer && answer.status < 500) {
    leave(); // where the server is in trouble, one may try once more
  }
}

if (dialog) {
  remember();
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) remember();
  });
  dialog.querySelector("[data-session-extend]").addEventListener("click", extend);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    extend();
  });
  clock = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
