// Gives htmx's requests the CSRF token that the page's <meta name="csrf-token"> holds.
// A page that answers with a log-in form (the session has ended) is opened instead of put inside.
// A request that is given up for a newer one is given up without a complaint.

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:beforeSend", (event) => {
  const { xhr } = event.detail;
  const abort = xhr.onabort;
  // htmx writes it to the console as an error, but a newer request or another page is none.
  xhr.onabort = (...given) => {
    const { error } = console;
    console.error = () => {};
    try {
      abort.apply(xhr, given);
    } finally {
      console.error = error;
    }
  };
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (answered && new URL(answered).pathname.startsWith("/accounts/login")) {
    event.detail.shouldSwap = false;
    location.assign(answered);
  }
});

// Times that are proposed a second time for the same choices must not undo what was typed into the first.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const shown = detail.target?.querySelector?.('[name="slots_for"]')?.value;
  if (!shown) return;
  const fresh = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  if (fresh.querySelector('[name="slots_for"]')?.value === shown) detail.shouldSwap = false;
});
