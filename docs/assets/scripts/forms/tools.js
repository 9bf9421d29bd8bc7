/** What stands above the list: which copy is open, how far one has come, and where it leads. */
import { noState, writeAddress } from "../catalogue/state.js";
import { answerTo, progress } from "./answers.js";
import { dataOf, find } from "../shared/elements.js";

/** @typedef {import("./answers.js").Copy} Copy */

export class Tools {
  #root;
  #texts;
  #onRemove;
  #isChecklist;
  #select;
  #bar;
  #see;
  #from;
  #left;
  #printed;
  #facets;

  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {(point: string) => void} onRemove takes an answer away that the page has no point for
   */
  constructor(root, texts, onRemove) {
    this.#root = root;
    this.#texts = texts;
    this.#onRemove = onRemove;
    this.#isChecklist = root.dataset.kind === "checklist";
    this.#select = find(root, "select");
    this.#bar = find(document, ".form-progress progress");
    this.#see = find(root, ".form-see");
    this.#from = find(root, ".form-from");
    this.#left = find(document, ".form-left-over");
    this.#printed = find(document, ".form-printed");
    this.count = find(document, ".form-count");
    /** Facet -> its terms, for those that points have choices from. */
    this.#facets = new Map(
      [...root.querySelectorAll("template.form-choices")].map((template) => [
        dataOf(template, "facet"),
        [...template.content.querySelectorAll("input")].map((box) => box.value),
      ]),
    );
  }

  /** What a copy is called. @param {import("./answers.js").Copy} copy */
  nameOf(copy) {
    return copy.name || this.#texts.say("unnamed");
  }

  /** Where the cases with some terms are. @param {Record<string, string[]>} chosen */
  href(chosen) {
    const state = noState();
    for (const [facet, terms] of Object.entries(chosen)) state.chosen.set(facet, new Set(terms));
    return dataOf(this.#root, "catalogue") + writeAddress(state, { facets: this.#facets });
  }

  /**
   * @param {string} id of the copy that is open @param {import("./answers.js").Copy} copy
   * @param {[string, import("./answers.js").Copy][]} copies that are stored
   * @param {string[]} points of the page
   */
  show(id, copy, copies, points) {
    this.#showCopies(id, copy, copies);
    this.#showProgress(copy, points);
    this.#showFrom(copy);
    this.#showWay(copy, points);
    this.#showLeftOver(copy, points);
    const isBegun = Object.keys(copy.points).length > 0;
    const parts = [copy.name, isBegun ? this.count.textContent : ""];
    this.#printed.textContent = parts.filter(Boolean).join(" · ");
  }

  /** @param {string} id @param {Copy} copy @param {[string, Copy][]} copies */
  #showCopies(id, copy, copies) {
    /** @type {[string, Copy][]} */
    const shown = copies.some(([other]) => other === id) ? copies : [...copies, [id, copy]];
    const options = shown.map(([value, it]) => new Option(this.nameOf(it), value));
    this.#select.replaceChildren(...options);
    this.#select.value = id;
  }

  /** @param {Copy} copy @param {string[]} points */
  #showProgress(copy, points) {
    const { done, total, irrelevant } = progress(copy, points, this.#isChecklist);
    const key = this.#isChecklist ? "progressChecklist" : "progressWorksheet";
    const text = this.#texts.say(key, { done, total });
    this.count.textContent = irrelevant
      ? this.#texts.count("irrelevant", irrelevant, { text })
      : text;
    this.#bar.max = Math.max(total, 1);
    this.#bar.value = done;
  }

  /** @param {Copy} copy */
  #showFrom({ from }) {
    this.#from.hidden = !from;
    if (!from) return;
    const link = find(this.#from, "a");
    link.textContent = from.title;
    link.href = dataOf(this.#root, "case").replace("{id}", from.id);
  }

  /**
   * All that is chosen on the page leads to the catalogue together.
   * @param {Copy} copy @param {string[]} points
   */
  #showWay(copy, points) {
    /** @type {Record<string, string[]>} */
    const chosen = {};
    for (const point of points) {
      for (const [facet, terms] of Object.entries(answerTo(copy, point).choices ?? {})) {
        chosen[facet] = [...(chosen[facet] ?? []), ...terms];
      }
    }
    this.#see.hidden = !Object.keys(chosen).length;
    find(this.#see, "a").href = this.href(chosen);
  }

  /**
   * Answers to points that the page no longer has are shown, and can be removed.
   * @param {Copy} copy @param {string[]} points
   */
  #showLeftOver(copy, points) {
    const left = Object.entries(copy.points).filter(([id]) => !points.includes(id));
    this.#left.hidden = !left.length;
    const list = document.createElement("ul");
    for (const [id, { answer, who }] of left) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = this.#texts.say("remove");
      button.addEventListener("click", () => {
        this.#onRemove(id);
        this.count.focus();
      });
      const item = document.createElement("li");
      item.append([id, answer, who].filter(Boolean).join(" · "), " ", button);
      list.append(item);
    }
    const heading = document.createElement("p");
    heading.textContent = this.#texts.say("leftOver");
    this.#left.replaceChildren(heading, list);
  }
}
