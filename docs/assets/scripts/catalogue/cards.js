/**
 * Draws cards from data.  The markup is the page's own: the first card served is the shape of all
 * others, and the badges stand in a template; here they are only filled with text.
 */
import { find } from "../shared/elements.js";

export class CardMaker {
  #shape;
  #badges;
  #root;
  #hrefs;

  /**
   * @param {HTMLElement} page that holds at least one card, and the badges
   * @param {string} root the site's front folder as seen from the page; addresses stay relative, as
   *   they are in the cards served
   * @param {Map<string, string>} hrefs "facet term" -> the address of the term's page
   */
  constructor(page, root, hrefs) {
    this.#shape = page.querySelector(".card")?.cloneNode(true);
    this.#badges = find(page, "template.badge-shapes").content;
    this.#root = root;
    this.#hrefs = hrefs;
  }

  /** Return a card as an element. @param {import("./data.js").Card} card */
  make(card) {
    if (!this.#shape) throw new Error("no card on the page");
    const item = /** @type {HTMLElement} */ (this.#shape.cloneNode(true));
    item.dataset.case = card.id;
    item.querySelector(".card-tools")?.remove(); // those of the card it was the shape of
    const link = find(item, ".card-title a");
    link.textContent = card.title;
    link.setAttribute("href", this.#root + card.href);
    const where = [card.place, card.period].filter(Boolean).join("\u00a0· ");
    find(item, ".card-where").textContent = where;
    find(item, ".card-lead").textContent = card.lead;
    const tags = find(item, ".tags");
    const shape = find(tags, ":scope > *");
    tags.replaceChildren(...card.tags.map((tag) => this.#tag(shape, tag)));
    if (!card.tags.length) tags.remove();
    const badges = [this.#badge("status", card.status), this.#badge("evidence", card.evidence)];
    find(item, ".badges").replaceChildren(...badges.flatMap((badge) => [badge, " "]));
    return item;
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

  /**
   * Fill the shape of a tag; the page of its term is the one that the filters lead to.
   * @param {Element} shape @param {Card["tags"][number]} tag
   */
  #tag(shape, [facet, term, label]) {
    const item = /** @type {HTMLElement} */ (shape.cloneNode(true));
    const link = item.querySelector("a");
    const href = this.#hrefs.get(`${facet} ${term}`);
    (link ?? item).textContent = label;
    if (link && href) link.setAttribute("href", href);
    else if (link) link.replaceWith(label);
    return item;
  }

  /** @param {string} kind @param {string} id */
  #badge(kind, id) {
    const shape = find(this.#badges, `[data-${kind}="${CSS.escape(id)}"]`);
    return shape?.firstElementChild?.cloneNode(true) ?? "";
  }
}
