/**
 * A list from outside, shown before anything is done with it: it comes from an address or a file,
 * and never changes the reader's own list by itself.
 */
import { find } from "../shared/elements.js";

/** @typedef {import("./list.js").List} List */

export class Offer {
  #root;
  #cards;
  #ways;
  #heading;
  #shared;
  /** @type {List | null} */
  #list = null;

  /**
   * @param {HTMLElement} root
   * @param {import("./cards.js").ListCards} cards
   * @param {{keep: (list: List) => void, join: (list: List) => void, isEmpty: () => boolean,
   *   closed: () => void}} ways what to do with the list, whether the reader's own is empty, and
   *   what to do when the offer is over
   */
  constructor(root, cards, ways) {
    this.#root = root;
    this.#cards = cards;
    this.#ways = ways;
    this.#heading = find(root, "h2");
    this.#shared = this.#heading.textContent;
    this.#list = null;
    /** @param {string} name @param {(list: List) => void} run */
    const on = (name, run) => {
      find(root, `.shared-${name}`).addEventListener("click", () => {
        const list = this.#list;
        this.close();
        if (list) run(list);
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
  async open(list, heading = this.#shared, about = "") {
    this.#list = list;
    this.#heading.textContent = heading;
    find(this.#root, ".shared-title").textContent = [list.title, about].filter(Boolean).join(" – ");
    find(this.#root, ".shared-add").hidden = this.#ways.isEmpty();
    this.#names();
    this.#root.hidden = false;
    this.#heading.focus();
    try {
      await this.#cards.load(list.items.map((item) => item.id));
      this.#names();
    } catch {
      // Their ids say enough to decide.
    }
  }

  /** Put the offer away. */
  close() {
    this.#list = null;
    this.#root.hidden = true;
  }

  #names() {
    const lines = (this.#list?.items ?? []).map(({ id, note }) => {
      const line = document.createElement("li");
      line.textContent = this.#cards.title(id);
      if (note) {
        const said = document.createElement("span");
        said.className = "details";
        said.textContent = note;
        line.append(said);
      }
      return line;
    });
    find(this.#root, ".shared-items").replaceChildren(...lines);
  }
}
