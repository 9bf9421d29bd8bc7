/**
 * One part of the form at a time, where the screen is small.
 *
 * On a wide screen all parts stand below each other; nothing else differs, and what is written in a
 * part that is not shown is checked and kept like the rest.
 */

import { button, make } from "./elements.js";
import { find } from "../shared/elements.js";

const NARROW = "(max-width: 40rem)";

export class Steps {
  /** @param {HTMLElement} root @param {Texts} texts */
  constructor(root, texts) {
    this.root = root;
    this.texts = texts;
    this.parts = [...root.querySelectorAll(".form-section")];
    this.at = 0;
    this.narrow = matchMedia(NARROW);
    this.line = make("p", { class: "form-step-name", role: "status" });
    this.back = button(texts.say("stepBack"), () => this.go(this.at - 1));
    this.on = button(texts.say("stepOn"), () => this.go(this.at + 1), {
      class: "button button-strong",
    });
    find(root, ".form-steps").replaceChildren(
      this.line,
      make("p", { class: "form-buttons" }, this.back, this.on),
    );
    this.narrow.addEventListener("change", () => this.draw());
    addEventListener("hashchange", () => this.showAddressed());
    this.draw();
    this.showAddressed();
  }

  /** Show a part, from its beginning. @param {number} place */
  go(place) {
    this.at = Math.min(Math.max(place, 0), this.parts.length - 1);
    this.draw();
    const heading = find(this.parts[this.at], "h2");
    heading.focus();
    heading.scrollIntoView({ block: "start" });
  }

  /** Show the part that holds something. @param {Element} holder */
  show(holder) {
    const place = this.parts.findIndex((part) => part.contains(holder));
    if (place < 0 || place === this.at) return;
    this.at = place;
    this.draw();
  }

  /** Show the part that the address leads to, as the list of parts does. */
  showAddressed() {
    const heading = document.getElementById(location.hash.slice(1));
    if (!heading || !this.root.contains(heading)) return;
    this.show(heading);
    heading.scrollIntoView({ block: "start" });
  }

  draw() {
    const { at, parts, texts } = this;
    for (const [place, part] of parts.entries()) {
      part.toggleAttribute("hidden", this.narrow.matches && place !== at);
    }
    this.line.textContent = texts.say("step", {
      place: at + 1,
      total: parts.length,
      name: find(parts[at], "h2").textContent ?? "",
    });
    this.back.disabled = at === 0;
    this.on.disabled = at === parts.length - 1;
  }
}
