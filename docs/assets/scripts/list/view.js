/**
 * Draws the items of a list, and keeps what the reader is doing: an item that stays is moved and
 * filled, never made anew, so focus and the words being typed are not lost when another tab or a
 * button changes the list.
 *
 * @typedef {import("../catalogue/data.js").Card} Card
 * @typedef {object} Ways what happens when something is pressed or typed
 * @property {(id: string, by: number) => void} move
 * @property {(id: string) => void} remove
 * @property {(id: string, note: string) => void} write
 * @property {(id: string) => void} compare
 */
import { within } from "../cases/page.js";

export class ListView {
  /**
   * @param {HTMLElement} root the list element @param {HTMLTemplateElement} shape of an item
   * @param {import("../shared/texts.js").Texts} texts @param {URL} front of the site
   * @param {Ways} ways
   */
  constructor(root, shape, texts, front, ways) {
    this._root = root;
    this._shape = shape.content.firstElementChild;
    this._texts = texts;
    this._front = front;
    this._ways = ways;
    this._items = new Map();
  }

  /**
   * Show a list.
   * @param {import("./list.js").List} list
   * @param {Map<string, Card | null>} cards those that are known; null is a case that is gone
   * @param {string[]} compared ids chosen for comparison
   */
  show(list, cards, compared) {
    const ids = list.items.map((item) => item.id);
    for (const [id, element] of this._items) {
      if (ids.includes(id)) continue;
      element.remove();
      this._items.delete(id);
    }
    list.items.forEach(({ id, note }, place) => {
      const element = this._items.get(id) ?? this._make(id);
      this._fill(element, id, cards.get(id));
      element.querySelector(".item-number").textContent = String(place + 1);
      const field = element.querySelector("textarea");
      if (field.value !== note) field.value = note;
      element.querySelector(".item-up").ariaDisabled = String(place === 0);
      element.querySelector(".item-down").ariaDisabled = String(place === ids.length - 1);
      element.querySelector(".item-compare").ariaPressed = String(compared.includes(id));
    });
    this._order(ids);
  }

  /** Put the items in order, moving as few as it takes: one that is moved loses the focus. */
  _order(ids) {
    const held = document.activeElement;
    ids.forEach((id, place) => {
      const there = this._root.children[place];
      const element = this._items.get(id);
      if (there !== element) this._root.insertBefore(element, there ?? null);
    });
    if (held !== document.activeElement && this._root.contains(held)) {
      held.focus({ preventScroll: true });
    }
  }

  _make(id) {
    const element = this._shape.cloneNode(true);
    const on = (selector, run) => {
      const button = element.querySelector(selector);
      button.addEventListener("click", () => button.ariaDisabled !== "true" && run());
    };
    on(".item-up", () => this._ways.move(id, -1));
    on(".item-down", () => this._ways.move(id, 1));
    on(".item-compare", () => this._ways.compare(id));
    on(".item-remove", () => this._ways.remove(id));
    const field = element.querySelector("textarea");
    field.id = `note-${id}`;
    field.addEventListener("input", () => this._ways.write(id, field.value));
    element.querySelector("label").htmlFor = field.id;
    this._items.set(id, element);
    return element;
  }

  _fill(element, id, card) {
    const title = card?.title ?? (card === null ? this._texts.say("gone", { id }) : id);
    const link = element.querySelector(".item-title a");
    link.textContent = title;
    if (card) link.href = within(new URL(card.href, this._front));
    else link.removeAttribute("href");
    const where = card ? [card.place, card.period].filter(Boolean).join("\u00a0· ") : "";
    element.querySelector(".item-where").textContent = where;
    element.querySelector(".item-lead").textContent =
      card?.lead ?? (card === null ? this._texts.say("goneHelp") : "");
    for (const about of element.querySelectorAll(".visually-hidden")) {
      about.textContent = this._texts.say("of", { title });
    }
    element.querySelector(".item-compare").hidden = card === null;
  }

  /** The element of an item. @param {string} id @returns {HTMLElement | undefined} */
  item(id) {
    return this._items.get(id);
  }
}
