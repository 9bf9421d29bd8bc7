/** The cards of the cases on a list: fetched once each, and asked for again when that failed. */
export class ListCards {
  #finder;

  /** @param {import("../cases/finder.js").CaseFinder} finder */
  constructor(finder) {
    this.#finder = finder;
    /** @type {Map<string, import("../catalogue/data.js").Card | null>} null: there is no such case */
    this.known = new Map();
  }

  /** Fetch what is not known yet; throws when it cannot be had. @param {string[]} ids */
  async load(ids) {
    const wanted = ids.filter((id) => !this.known.has(id));
    if (!wanted.length) return;
    for (const [id, card] of await this.#finder.byId(wanted)) this.known.set(id, card);
  }

  /** What a case is called, as far as we know. @param {string} id */
  title(id) {
    return this.known.get(id)?.title ?? id;
  }
}
