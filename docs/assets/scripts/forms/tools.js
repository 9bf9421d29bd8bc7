/** What stands above the list: which copy is open, how far one has come, and where it leads. */
import { noState, writeAddress } from "../catalogue/state.js";
import { answerTo, progress } from "./answers.js";

export class Tools {
  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {(point: string) => void} onRemove takes an answer away that the page has no point for
   */
  constructor(root, texts, onRemove) {
    this._root = root;
    this._texts = texts;
    this._onRemove = onRemove;
    this._isChecklist = root.dataset.kind === "checklist";
    this._select = root.querySelector("select");
    this._bar = root.querySelector("progress");
    this._see = root.querySelector(".form-see");
    this._from = root.querySelector(".form-from");
    this._left = document.querySelector(".form-left-over");
    this._printed = document.querySelector(".form-printed");
    this.count = root.querySelector(".form-count");
    /** Facet -> its terms, for those that points have choices from. */
    this._facets = new Map(
      [...root.querySelectorAll(".form-choices")].map((template) => [
        template.dataset.facet,
        [...template.content.querySelectorAll("input")].map((box) => box.value),
      ]),
    );
  }

  /** What a copy is called. @param {import("./answers.js").Copy} copy */
  nameOf(copy) {
    return copy.name || this._texts.say("unnamed");
  }

  /** Where the cases with some terms are. @param {Record<string, string[]>} chosen */
  href(chosen) {
    const sets = Object.entries(chosen).map(([facet, terms]) => [facet, new Set(terms)]);
    const state = { ...noState(), chosen: new Map(sets) };
    return this._root.dataset.catalogue + writeAddress(state, { facets: this._facets });
  }

  /**
   * @param {string} id of the copy that is open @param {import("./answers.js").Copy} copy
   * @param {[string, import("./answers.js").Copy][]} copies that are stored
   * @param {string[]} points of the page
   */
  show(id, copy, copies, points) {
    this._showCopies(id, copy, copies);
    this._showProgress(copy, points);
    this._showFrom(copy);
    this._showWay(copy, points);
    this._showLeftOver(copy, points);
    const isBegun = Object.keys(copy.points).length > 0;
    const parts = [copy.name, isBegun ? this.count.textContent : ""];
    this._printed.textContent = parts.filter(Boolean).join(" · ");
  }

  _showCopies(id, copy, copies) {
    const shown = copies.some(([other]) => other === id) ? copies : [...copies, [id, copy]];
    const options = shown.map(([value, it]) => new Option(this.nameOf(it), value));
    this._select.replaceChildren(...options);
    this._select.value = id;
  }

  _showProgress(copy, points) {
    const { done, total, irrelevant } = progress(copy, points, this._isChecklist);
    const key = this._isChecklist ? "progressChecklist" : "progressWorksheet";
    const text = this._texts.say(key, { done, total });
    this.count.textContent = irrelevant
      ? this._texts.count("irrelevant", irrelevant, { text })
      : text;
    this._bar.max = Math.max(total, 1);
    this._bar.value = done;
  }

  _showFrom({ from }) {
    this._from.hidden = !from;
    if (!from) return;
    const link = this._from.querySelector("a");
    link.textContent = from.title;
    link.href = this._root.dataset.case.replace("{id}", from.id);
  }

  /** All that is chosen on the page leads to the catalogue together. */
  _showWay(copy, points) {
    const chosen = {};
    for (const point of points) {
      for (const [facet, terms] of Object.entries(answerTo(copy, point).choices ?? {})) {
        chosen[facet] = [...(chosen[facet] ?? []), ...terms];
      }
    }
    this._see.hidden = !Object.keys(chosen).length;
    this._see.querySelector("a").href = this.href(chosen);
  }

  /** Answers to points that the page no longer has are shown, and can be removed. */
  _showLeftOver(copy, points) {
    const left = Object.entries(copy.points).filter(([id]) => !points.includes(id));
    this._left.hidden = !left.length;
    const list = document.createElement("ul");
    for (const [id, { answer, who }] of left) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = this._texts.say("remove");
      button.addEventListener("click", () => {
        this._onRemove(id);
        this.count.focus();
      });
      const item = document.createElement("li");
      item.append([id, answer, who].filter(Boolean).join(" · "), " ", button);
      list.append(item);
    }
    const heading = document.createElement("p");
    heading.textContent = this._texts.say("leftOver");
    this._left.replaceChildren(heading, list);
  }
}
