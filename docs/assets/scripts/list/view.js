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
import { fromTemplate, find } from "../shared/elements.js";

export class ListView {
  #root;
  #shape;
  #texts;
  #front;
  #ways;
  #items;

  /**
   * @param {HTMLElement} root the list element @param {HTMLTemplateElement} shape of an item
   * @param {import("../shared/texts.js").Texts} texts @param {URL} front of the site
   * @param {Ways} ways
   */
  constructor(root, shape, texts, front, ways) {
    this.#root = root;
    this.#shape = shape;
    this.#texts = texts;
    this.#front = front;
    this.#ways = ways;
    /** @type {Map<string, HTMLElement>} */
    this.#items = new Map();
  }

  /**
   * Show a list.
   * @param {import("./list.js").List} list
   * @param {Map<string, Card | null>} cards those that are known; null is a case that is gone
   * @param {string[]} compared ids chosen for comparison
   */
  show(list, cards, compared) {
    const ids = list.items.map((item) => item.id);
    for (const [id, element] of this.#items) {
      if (ids.includes(id)) continue;
      element.remove();
      this.#items.delete(id);
    }
    list.items.forEach(({ id, note }, place) => {
      const element = this.#items.get(id) ?? this.#make(id);
      this.#fill(element, id, cards.get(id));
      element.querySelector(".item-number").textContent = String(place + 1);
      const field = element.querySelector("textarea");
      if (field.value !== note) field.value = note;
      element.querySelector(".item-up").ariaDisabled = String(place === 0);
      element.querySelector(".item-down").ariaDisabled = String(place === ids.length - 1);
      find(element, ".item-compare").ariaPressed = String(compared.includes(id));
    });
    this.#order(ids);
  }

  /**
   * Put the items in order, moving as few as it takes: one that is moved loses the focus.
   * @param {string[]} ids
   */
  #order(ids) {
    const held = document.activeElement;
    ids.forEach((id, place) => {
      const there = this.#root.children[place];
      const element = this.#items.get(id);
      if (there !== element) this.#root.insertBefore(element, there ?? null);
    });
    if (held !== document.activeElement && this.#root.contains(held)) {
      if (held instanceof HTMLElement) held.focus({ preventScroll: true });
    }
  }

  /** @param {string} id */
  #make(id) {
    const element = fromTemplate(this.#shape);
    /** @param {string} selector @param {() => void} run */
    const on = (selector, run) => {
      const button = find(element, selector);
      button.addEventListener("click", () => button.ariaDisabled !== "true" && run());
    };
    on(".item-up", () => this.#ways.move(id, -1));
    on(".item-down", () => this.#ways.move(id, 1));
    on(".item-compare", () => this.#ways.compare(id));
    on(".item-remove", () => this.#ways.remove(id));
    const field = find(element, "textarea");
    field.id = `note-${id}`;
    field.addEventListener("input", () => this.#ways.write(id, field.value));
    find(element, "label").htmlFor = field.id;
    this.#items.set(id, element);
    return element;
  }

  /** @param {HTMLElement} element @param {string} id @param {Card | null | undefined} card */
  #fill(element, id, card) {
    const title = card?.title ?? (card === null ? this.#texts.say("gone", { id }) : id);
    const link = find(element, ".item-title a");
    link.textContent = title;
    if (card) link.href = within(new URL(card.href, this.#front));
    else link.removeAttribute("href");
    const where = card ? [card.place, card.period].filter(Boolean).join("\u00a0· ") : "";
    find(element, ".item-where").textContent = where;
    find(element, ".item-lead").textContent =
      card?.lead ?? (card === null ? this.#texts.say("goneHelp") : "");
    for (const about of element.querySelectorAll(".visually-hidden")) {
      about.textContent = this.#texts.say("of", { title });
    }
    find(element, ".item-compare").hidden = card === null;
  }

  /** The element of an item. @param {string} id @returns {HTMLElement | undefined} */
  item(id) {
    return this.#items.get(id);
  }
}
