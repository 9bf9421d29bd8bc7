/**
 * Draws cards from data.  The markup is the page's own: the first card served is the shape of all
 * others, and what differs by more than text (sign, mark) stands in a template.
 */
import { find } from "../shared/elements.js";

export class CardMaker {
  #shape;
  #parts;
  #root;

  /**
   * @param {HTMLElement} page that holds at least one card, and the parts
   * @param {string} root the site's front folder as seen from the page; addresses stay relative, as
   *   they are in the cards served
   */
  constructor(page, root) {
    this.#shape = page.querySelector(".card")?.cloneNode(true);
    this.#parts = find(page, "template.card-parts").content;
    this.#root = root;
  }

  /** Return a card as an element. @param {import("./data.js").Card} card */
  make(card) {
    if (!this.#shape) throw new Error("no card on the page");
    const item = /** @type {HTMLElement} */ (this.#shape.cloneNode(true));
    item.dataset.case = card.id;
    item.classList.toggle("card-row", card.mention ?? false);
    item.querySelector(".card-tools")?.remove(); // those of the card it was the shape of
    const link = find(item, ".card-title a");
    link.textContent = card.title;
    link.setAttribute("href", this.#root + card.href);
    find(item, ".card-kind").replaceWith(this.#part("kind", card.kind));
    this.#where(item).textContent = [card.place, card.period].filter(Boolean).join("\u00a0· ");
    const told =
      card.mention || !card.result ? [card.lead] : [this.#part("result"), " ", card.result];
    find(item, ".card-told").replaceChildren(...told);
    const mark = card.mention ? this.#part("mention") : this.#part("evidence", card.evidence);
    find(item, ".badges").replaceChildren(mark);
    return item;
  }

  /** The line of place and years; the card that is the shape may have none. @param {HTMLElement} item */
  #where(item) {
    const line = item.querySelector(".card-where") ?? document.createElement("p");
    line.className = "card-where";
    find(item, ".card-kind").after(line);
    return line;
  }

  /** Say on a card why it fits, or nothing. @param {HTMLElement} item @param {string} reasons */
  explain(item, reasons) {
    let line = item.querySelector(".card-reasons");
    if (!reasons) {
      line?.remove();
      return;
    }
    if (!line) {
      line = document.createElement("p");
      line.className = "card-reasons";
      find(item, ".card-title").after(line);
    }
    line.textContent = reasons;
  }

  /** Return a copy of a part. @param {string} name @param {string} [id] */
  #part(name, id) {
    const value = id === undefined ? "" : `="${CSS.escape(id)}"`;
    return find(this.#parts, `[data-${name}${value}] > *`).cloneNode(true);
  }
}
