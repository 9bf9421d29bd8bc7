/**
 * What is chosen, each with a button that takes it away, and one that takes all away.  When the
 * button with the focus disappears, the focus goes to its neighbour.
 *
 * @typedef {object} Chip
 * @property {string} text
 * @property {() => void} remove
 */
import { find } from "../shared/elements.js";

export class Chips {
  #root;
  #list;
  #clear;
  #texts;
  #after;

  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {() => void} onClear @param {HTMLElement} after gets the focus when nothing is left
   */
  constructor(root, texts, onClear, after) {
    this.#root = root;
    this.#list = find(root, "ul");
    this.#clear = find(root, ".clear");
    this.#texts = texts;
    this.#after = after;
    this.#clear.addEventListener("click", () => {
      onClear();
      after.focus();
    });
  }

  /** Show chips. @param {Chip[]} chips */
  update(chips) {
    const place = [...this.#list.children].findIndex((item) =>
      item.contains(document.activeElement),
    );
    this.#list.replaceChildren(...chips.map((chip) => this.#item(chip)));
    this.#root.hidden = !chips.length;
    this.#clear.hidden = chips.length < 2;
    if (place < 0) return;
    const next = this.#list.children[Math.min(place, chips.length - 1)];
    (next?.querySelector("button") ?? this.#after).focus();
  }

  /** @param {Chip} chip */
  #item({ text, remove }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.setAttribute("aria-label", this.#texts.say("remove", { what: text }));
    const cross = document.createElement("span");
    cross.className = "chip-cross";
    cross.ariaHidden = "true";
    cross.textContent = "×";
    button.append(text, cross);
    button.addEventListener("click", remove);
    item.append(button);
    return item;
  }
}
