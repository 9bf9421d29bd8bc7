/**
 * @typedef {object} Term
 * @property {HTMLElement} item that holds it
 * @property {string} label
 * @property {HTMLElement} number how many cases it would leave
 * @property {HTMLInputElement} [box] that chooses it, once links have become boxes
 *
 * @typedef {object} Facet
 * @property {HTMLDetailsElement} element
 * @property {HTMLElement} summary
 * @property {string} label
 * @property {Map<string, Term>} terms
 */

/**
 * The lists of terms beside the cases.  As served they are links to a page for each term; once the
 * index is here, the links become boxes to tick, so that several terms can be chosen together.
 */
import { find } from "../shared/elements.js";

export class FacetLists {
  #texts;
  #facets;
  /** @type {Set<string> | undefined} */
  #opened;

  /** @param {HTMLElement} root that holds the lists @param {import("../shared/texts.js").Texts} texts */
  constructor(root, texts) {
    this.#texts = texts;
    /** @type {Map<string, Facet>} */
    this.#facets = new Map();
    for (const element of root.querySelectorAll("[data-facet]")) {
      const facet = element.dataset.facet;
      const terms = new Map();
      for (const item of element.querySelectorAll("[data-term]")) {
        const term = item.dataset.term;
        const link = find(item, "a");
        terms.set(term, {
          item,
          label: link.textContent.trim(),
          number: item.querySelector(".number"),
        });
      }
      const summary = find(element, "summary");
      const label = find(summary, ".group-name").textContent.trim();
      this.#facets.set(facet, { element, summary, label, terms });
    }
  }

  /** Facet -> its terms, as they stand on the page. @returns {Map<string, string[]>} */
  get known() {
    return new Map([...this.#facets].map(([id, { terms }]) => [id, [...terms.keys()]]));
  }

  /** Return what a facet is called. @param {string} facet */
  name(facet) {
    return this.#facets.get(facet).label;
  }

  /** Return what a term is called. @param {string} facet @param {string} term */
  label(facet, term) {
    return this.#facets.get(facet).terms.get(term).label;
  }

  /**
   * Turn the links into boxes.
   * @param {(facet: string, term: string, on: boolean) => void} onChange
   */
  makeBoxes(onChange) {
    for (const [facet, { summary, terms }] of this.#facets) {
      const chosen = document.createElement("span");
      chosen.className = "facet-chosen";
      summary.append(" ", chosen);
      for (const [term, entry] of terms) {
        const link = entry.item.querySelector("a");
        const focused = link === document.activeElement;
        const label = document.createElement("label");
        label.className = "choice";
        entry.box = document.createElement("input");
        entry.box.type = "checkbox";
        entry.box.addEventListener("change", () => onChange(facet, term, entry.box.checked));
        const text = document.createElement("span");
        text.className = "choice-label";
        text.textContent = entry.label;
        label.append(entry.box, text, " ", entry.number);
        entry.item.replaceChildren(label);
        if (focused) entry.box.focus();
      }
    }
  }

  /**
   * Show what is chosen, and what each further choice would leave or add.
   * @param {Map<string, Set<string>>} chosen @param {Map<string, Map<string, number>>} counts
   */
  update(chosen, counts) {
    for (const [facet, { element, summary, terms }] of this.#facets) {
      const number = chosen.get(facet)?.size ?? 0;
      const told = number ? this.#texts.count("chosen", number) : "";
      summary.querySelector(".facet-chosen").textContent = told;
      for (const [term, { item, box, number: count }] of terms) {
        const left = counts.get(facet)?.get(term) ?? 0;
        box.checked = chosen.get(facet)?.has(term) ?? false;
        // Beside what is ticked of the same facet, a further tick adds cases.
        const adds = number > 0 && !box.checked;
        count.textContent = adds
          ? this.#texts.say("adds", { value: left })
          : this.#texts.number(left);
        item.classList.toggle("none", left === 0);
      }
      // What was chosen elsewhere (an address, a list that was left) must be there to be undone.
      if (number && !this.#opened?.has(facet)) {
        element.open = true;
        const more = element.querySelector("details");
        if (more?.querySelector(":checked")) more.open = true;
      }
    }
    this.#opened = new Set(chosen.keys());
  }
}
