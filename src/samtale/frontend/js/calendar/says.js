// Tells what is going on, also to those who do not see it.

export class Says {
  constructor(words) {
    this.words = words;
    this.status = document.querySelector("[data-calendar-says]");
    this.alert = document.querySelector("[data-calendar-failed]");
    this.spinner = document.querySelector(".calendar-busy");
    this.title = document.getElementById("calendar-title");
  }

  /** Say `text` politely. */
  say(text) {
    this.status.textContent = text;
  }

  busy(on) {
    this.spinner.hidden = !on;
  }

  fetched(number) {
    this.alert.hidden = true;
    const words = number === 0 ? this.words.none : number === 1 ? this.words.one : this.words.shown;
    this.say(words.replace("{count}", number).replace("{title}", this.title.textContent));
  }

  failed() {
    this.#warn(this.words.failed, { mayTryAgain: true });
  }

  /** A filter in the address is none: to ask again would not help. */
  refused() {
    this.#warn(this.words.refused, { mayTryAgain: false });
  }

  #warn(words, { mayTryAgain }) {
    this.alert.querySelector("p").textContent = words;
    this.alert.querySelector("button").hidden = !mayTryAgain;
    this.alert.hidden = false;
  }
}
