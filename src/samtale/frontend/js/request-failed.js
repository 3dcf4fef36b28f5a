// htmx shows nothing where a part of the page could not be had: the server or its database is away, or refuses.
// The words of <template data-request-failed> then stand in the alert before it, until a request succeeds.

const words = document.querySelector("template[data-request-failed]");
const alert = words?.previousElementSibling;

function tell() {
  // Said once, however often a page that asks every second is refused.
  if (alert && !alert.hasChildNodes()) alert.append(words.content.cloneNode(true));
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, tell);

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) alert?.replaceChildren();
});
