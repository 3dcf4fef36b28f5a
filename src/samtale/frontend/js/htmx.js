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

// What is typed into the applicants' times while others are being proposed must not be undone by the answer. It is
// set aside, and asked for again, with what was typed, as soon as the field is left.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, requestConfig } = detail;
  if (target?.id !== "slots") return;
  const typed = [...target.querySelectorAll('input[name^="slot-"]')].filter(
    (field) => field.validity.badInput || field.value !== requestConfig.formData.get(field.name),
  );
  if (!typed.length) return;
  detail.shouldSwap = false;
  const askAgain = () => requestConfig.elt.dispatchEvent(new Event("ask-again"));
  const used = document.activeElement;
  if (target.contains(used)) used.addEventListener("blur", askAgain, { once: true });
  else askAgain();
});
