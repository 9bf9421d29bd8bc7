/**
 * The parts of a checklist: folded, each with how far one has come in it.  Which are open stays with
 * this visit of the page, also when it is loaded anew; style sheets open all of them on paper.
 */
import { find } from "../shared/elements.js";
import { progress } from "./answers.js";

export class Parts {
  #texts;
  #parts;
  #button;

  /** @param {import("../shared/texts.js").Texts} texts */
  constructor(texts) {
    this.#texts = texts;
    this.#parts = [...document.querySelectorAll("details.form-part")].map((fold) => ({
      fold,
      id: find(fold, "h2").id,
      count: find(fold, ".form-part-count"),
      points: [...fold.querySelectorAll(".point")].map((point) => point.id),
    }));
    this.#button = document.querySelector(".form-fold");
  }

  /** Open what was open, and the part that the address names; listen. */
  start() {
    const opened = history.state?.open;
    if (Array.isArray(opened)) {
      for (const part of this.#parts) part.fold.open = opened.includes(part.id);
    }
    this.#open(location.hash);
    addEventListener("hashchange", () => this.#open(location.hash));
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a[href^='#']");
      if (link) this.#open(link.getAttribute("href") ?? "");
    });
    for (const { fold } of this.#parts) fold.addEventListener("toggle", () => this.#remember());
    this.#button?.addEventListener("click", () => {
      const areSomeClosed = this.#areSomeClosed();
      for (const { fold } of this.#parts) fold.open = areSomeClosed;
    });
    if (!CSS.supports("selector(::details-content)")) {
      addEventListener("beforeprint", () => {
        for (const { fold } of this.#parts) fold.open = true;
      });
    }
  }

  /** Open the parts that some points stand in. @param {string[]} points */
  reveal(points) {
    for (const part of this.#parts) {
      if (part.points.some((point) => points.includes(point))) part.fold.open = true;
    }
  }

  /** Show how far one has come. @param {import("./answers.js").Copy} copy */
  show(copy) {
    for (const { count, points } of this.#parts) {
      const { done, total } = progress(copy, points, true);
      count.textContent = this.#texts.say("part", { done, total });
      count.classList.toggle("all-done", done === total);
    }
  }

  /** Open the part that an address leads into, before the browser goes there. @param {string} hash */
  #open(hash) {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    const fold = target?.closest("details.form-part");
    if (!fold || fold.open) return;
    fold.open = true;
    target?.scrollIntoView();
  }

  #areSomeClosed() {
    return this.#parts.some(({ fold }) => !fold.open);
  }

  #remember() {
    const opened = this.#parts.filter(({ fold }) => fold.open).map(({ id }) => id);
    history.replaceState({ ...history.state, open: opened }, "");
    if (this.#button) {
      const key = this.#areSomeClosed() ? "openAll" : "closeAll";
      this.#button.textContent = this.#texts.say(key);
    }
  }
}
