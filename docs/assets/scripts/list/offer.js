/**
 * A list from outside, shown before anything is done with it: it comes from an address or a file,
 * and never changes the reader's own list by itself.
 */
export class Offer {
  /**
   * @param {HTMLElement} root
   * @param {import("./cards.js").ListCards} cards
   * @param {{keep: (list: object) => void, join: (list: object) => void, isEmpty: () => boolean,
   *   closed: () => void}} ways what to do with the list, whether the reader's own is empty, and
   *   what to do when the offer is over
   */
  constructor(root, cards, ways) {
    this._root = root;
    this._cards = cards;
    this._ways = ways;
    this._heading = root.querySelector("h2");
    this._shared = this._heading.textContent;
    this._list = null;
    const on = (name, run) => {
      root.querySelector(`.shared-${name}`).addEventListener("click", () => {
        const list = this._list;
        this.close();
        run(list);
        ways.closed();
      });
    };
    on("keep", (list) => ways.keep(list));
    on("add", (list) => ways.join(list));
    on("leave", () => {});
  }

  /**
   * Show a list. @param {import("./list.js").List} list
   * @param {string} [heading] @param {string} [about] what it is, when it comes from a file
   */
  async open(list, heading = this._shared, about = "") {
    this._list = list;
    this._heading.textContent = heading;
    this._root.querySelector(".shared-title").textContent = [list.title, about]
      .filter(Boolean)
      .join(" – ");
    this._root.querySelector(".shared-add").hidden = this._ways.isEmpty();
    this._names();
    this._root.hidden = false;
    this._heading.focus();
    try {
      await this._cards.load(list.items.map((item) => item.id));
      this._names();
    } catch {
      // Their ids say enough to decide.
    }
  }

  /** Put the offer away. */
  close() {
    this._list = null;
    this._root.hidden = true;
  }

  _names() {
    const lines = (this._list?.items ?? []).map(({ id, note }) => {
      const line = document.createElement("li");
      line.textContent = this._cards.title(id);
      if (note) {
        const said = document.createElement("span");
        said.className = "details";
        said.textContent = note;
        line.append(said);
      }
      return line;
    });
    this._root.querySelector(".shared-items").replaceChildren(...lines);
  }
}
