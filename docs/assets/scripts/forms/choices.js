import { dataOf, fromTemplate } from "../shared/elements.js";

/** Terms of facets to choose from, beside a free answer; they lead to the cases that carry them. */
export class Choices {
  #texts;
  #hrefOf;
  #fold;
  #summary;
  /** Facet -> its boxes. @type {Map<string, HTMLInputElement[]>} */
  #boxes = new Map();
  #chosen;
  #link;

  /**
   * @param {HTMLTemplateElement[]} templates one for each facet
   * @param {string} question id of the element that says what is asked
   * @param {import("../shared/texts.js").Texts} texts
   * @param {(chosen: Record<string, string[]>) => string} hrefOf
   * @param {(chosen: Record<string, string[]>) => void} onChange
   */
  constructor(templates, question, texts, hrefOf, onChange) {
    this.#texts = texts;
    this.#hrefOf = hrefOf;
    this.root = document.createElement("div");
    this.root.className = "point-choose";
    this.#fold = document.createElement("details");
    this.#summary = document.createElement("summary");
    this.#summary.id = question.replace(/-text$/, "-choose");
    this.#summary.setAttribute("aria-describedby", question);
    this.#fold.append(this.#summary);
    for (const template of templates) {
      const group = fromTemplate(template);
      this.#boxes.set(dataOf(template, "facet"), [...group.querySelectorAll("input")]);
      this.#fold.append(group);
    }
    this.#chosen = document.createElement("p");
    this.#chosen.className = "point-chosen";
    this.#link = document.createElement("a");
    this.#link.textContent = texts.say("see");
    this.root.append(this.#fold, this.#chosen);
    this.#fold.addEventListener("change", () => onChange(this.value));
    this.show({});
  }

  get facets() {
    return [...this.#boxes.keys()];
  }

  /** What is chosen. @returns {Record<string, string[]>} */
  get value() {
    /** @type {Record<string, string[]>} */
    const chosen = {};
    for (const [facet, boxes] of this.#boxes) {
      const terms = boxes.filter((box) => box.checked).map((box) => box.value);
      if (terms.length) chosen[facet] = terms;
    }
    return chosen;
  }

  /** Show what is chosen. @param {Record<string, string[]>} chosen */
  show(chosen) {
    for (const [facet, boxes] of this.#boxes) {
      for (const box of boxes) box.checked = Boolean(chosen[facet]?.includes(box.value));
    }
    const labels = this.labels(chosen);
    this.#summary.textContent = labels.length
      ? this.#texts.say("chooseMore", { value: labels.length })
      : this.#texts.say("choose");
    this.#chosen.hidden = !labels.length;
    this.#link.href = this.#hrefOf(this.value);
    this.#chosen.replaceChildren(`${labels.join(", ")}. `, this.#link);
  }

  /** Return what some terms are called, as far as they are known. @param {Record<string, string[]>} chosen */
  labels(chosen) {
    return [...this.#boxes].flatMap(([facet, boxes]) =>
      boxes
        .filter((box) => chosen[facet]?.includes(box.value))
        .map((box) => box.nextElementSibling?.textContent ?? ""),
    );
  }
}
