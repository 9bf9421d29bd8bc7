/**
 * What is chosen, each with a button that takes it away, and one that takes all away.  When the
 * button with the focus disappears, the focus goes to its neighbour.
 *
 * @typedef {object} Chip
 * @property {string} text
 * @property {() => void} remove
 */
export class Chips {
  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {() => void} onClear @param {HTMLElement} after gets the focus when nothing is left
   */
  constructor(root, texts, onClear, after) {
    this._root = root;
    this._list = root.querySelector("ul");
    this._clear = root.querySelector(".clear");
    this._texts = texts;
    this._after = after;
    this._clear.addEventListener("click", () => {
      onClear();
      after.focus();
    });
  }

  /** Show chips. @param {Chip[]} chips */
  update(chips) {
    const place = [...this._list.children].findIndex((item) =>
      item.contains(document.activeElement),
    );
    this._list.replaceChildren(...chips.map((chip) => this._item(chip)));
    this._root.hidden = !chips.length;
    this._clear.hidden = chips.length < 2;
    if (place < 0) return;
    const next = this._list.children[Math.min(place, chips.length - 1)];
    (next?.querySelector("button") ?? this._after).focus();
  }

  _item({ text, remove }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.setAttribute("aria-label", this._texts.say("remove", { what: text }));
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
