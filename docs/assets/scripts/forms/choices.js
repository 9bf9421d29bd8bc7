/** Terms of facets to choose from, beside a free answer; they lead to the cases that carry them. */
export class Choices {
  /**
   * @param {HTMLTemplateElement[]} templates one for each facet
   * @param {string} question id of the element that says what is asked
   * @param {import("../shared/texts.js").Texts} texts
   * @param {(chosen: Record<string, string[]>) => string} hrefOf
   * @param {(chosen: Record<string, string[]>) => void} onChange
   */
  constructor(templates, question, texts, hrefOf, onChange) {
    this._texts = texts;
    this._hrefOf = hrefOf;
    this.root = document.createElement("div");
    this.root.className = "point-choose";
    this._fold = document.createElement("details");
    this._summary = document.createElement("summary");
    this._summary.id = question.replace(/-text$/, "-choose");
    this._summary.setAttribute("aria-describedby", question);
    this._fold.append(this._summary);
    /** Facet -> its boxes. */
    this._boxes = new Map();
    for (const template of templates) {
      const group = template.content.cloneNode(true).firstElementChild;
      this._boxes.set(template.dataset.facet, [...group.querySelectorAll("input")]);
      this._fold.append(group);
    }
    this._chosen = document.createElement("p");
    this._chosen.className = "point-chosen";
    this._link = document.createElement("a");
    this._link.textContent = texts.say("see");
    this.root.append(this._fold, this._chosen);
    this._fold.addEventListener("change", () => onChange(this.value));
    this.show({});
  }

  get facets() {
    return [...this._boxes.keys()];
  }

  /** What is chosen. @returns {Record<string, string[]>} */
  get value() {
    const chosen = {};
    for (const [facet, boxes] of this._boxes) {
      const terms = boxes.filter((box) => box.checked).map((box) => box.value);
      if (terms.length) chosen[facet] = terms;
    }
    return chosen;
  }

  /** Show what is chosen. @param {Record<string, string[]>} chosen */
  show(chosen) {
    for (const [facet, boxes] of this._boxes) {
      for (const box of boxes) box.checked = Boolean(chosen[facet]?.includes(box.value));
    }
    const labels = this.labels(chosen);
    this._summary.textContent = labels.length
      ? this._texts.say("chooseMore", { value: labels.length })
      : this._texts.say("choose");
    this._chosen.hidden = !labels.length;
    this._link.href = this._hrefOf(this.value);
    this._chosen.replaceChildren(`${labels.join(", ")}. `, this._link);
  }

  /** Return what some terms are called, as far as they are known. @param {object} chosen */
  labels(chosen) {
    return [...this._boxes].flatMap(([facet, boxes]) =>
      boxes
        .filter((box) => chosen[facet]?.includes(box.value))
        .map((box) => box.nextElementSibling.textContent),
    );
  }
}
