/**
 * Draws cards from data.  The markup is the page's own: the first card served is the shape of all
 * others, and the badges stand in a template; here they are only filled with text.
 */
export class CardMaker {
  /**
   * @param {HTMLElement} page that holds at least one card, and the badges
   * @param {string} root the site's front folder as seen from the page; addresses stay relative, as
   *   they are in the cards served
   * @param {Map<string, string>} hrefs "facet term" -> the address of the term's page
   */
  constructor(page, root, hrefs) {
    this._shape = page.querySelector(".card")?.cloneNode(true);
    this._badges = page.querySelector("template.badge-shapes").content;
    this._root = root;
    this._hrefs = hrefs;
  }

  /** Return a card as an element. @param {import("./data.js").Card} card */
  make(card) {
    const item = this._shape.cloneNode(true);
    item.dataset.case = card.id;
    item.querySelector(".card-tools")?.remove(); // those of the card it was the shape of
    const link = item.querySelector(".card-title a");
    link.textContent = card.title;
    link.setAttribute("href", this._root + card.href);
    const where = [card.place, card.period].filter(Boolean).join("\u00a0· ");
    item.querySelector(".card-where").textContent = where;
    item.querySelector(".card-lead").textContent = card.lead;
    const tags = item.querySelector(".tags");
    const shape = tags.firstElementChild;
    tags.replaceChildren(...card.tags.map((tag) => this._tag(shape, tag)));
    if (!card.tags.length) tags.remove();
    const badges = [this._badge("status", card.status), this._badge("evidence", card.evidence)];
    item.querySelector(".badges").replaceChildren(...badges.flatMap((badge) => [badge, " "]));
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
      item.querySelector(".card-title").after(line);
    }
    line.textContent = reasons;
  }

  /** Fill the shape of a tag; the page of its term is the one that the filters lead to. */
  _tag(shape, [facet, term, label]) {
    const item = shape.cloneNode(true);
    const link = item.querySelector("a");
    const href = this._hrefs.get(`${facet} ${term}`);
    (link ?? item).textContent = label;
    if (link && href) link.setAttribute("href", href);
    else if (link) link.replaceWith(label);
    return item;
  }

  _badge(kind, id) {
    const shape = this._badges.querySelector(`[data-${kind}="${CSS.escape(id)}"]`);
    return shape?.firstElementChild.cloneNode(true) ?? "";
  }
}
