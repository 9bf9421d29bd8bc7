/** The fields of the page's points: put there, filled in from answers, and listened to. */
import { Choices } from "./choices.js";
import { find, fromTemplate } from "../shared/elements.js";

/** How long someone pauses before what they write is stored. */
const TYPING_PAUSE = 300;
const GROWS = CSS.supports("field-sizing", "content");

/** One item of a checklist, or one question of a worksheet. */
export class Point {
  #item;
  #texts;
  #onChange;
  #answer;
  #who;
  #box;
  #irrelevant;
  #taken;
  #choices;
  #settled;
  #printed;
  /** Field -> the pause after which it is stored. @type {Map<Element, number>} */
  #typing = new Map();

  /**
   * @param {HTMLElement} item of the list, with an id
   * @param {{fields: HTMLTemplateElement, choices: Map<string, HTMLTemplateElement>}} templates
   * @param {import("../shared/texts.js").Texts} texts
   * @param {(chosen: Record<string, string[]>) => string} hrefOf where cases with some terms are
   * @param {(id: string, part: import("./answers.js").Answer) => void} onChange
   */
  constructor(item, templates, texts, hrefOf, onChange) {
    this.id = item.id;
    this.#item = item;
    this.#texts = texts;
    this.#onChange = onChange;
    const fields = fromTemplate(templates.fields);
    this.#answer = find(fields, "textarea");
    this.#who = find(fields, ".point-who input");
    /** What is ticked off, on a checklist: agreed, or not relevant. */
    this.#box = item.querySelector("input.box");
    this.#irrelevant = fields.querySelector(".point-irrelevant input");
    this.#taken = find(fields, ".point-taken");
    this.#name(fields);
    this.#choices = this.#makeChoices(fields, templates.choices, texts, hrefOf);
    this.#settled = forPaper("point-settled");
    this.#printed = forPaper("point-printed");
    item.append(fields, this.#settled, this.#printed);
    if (this.#box) item.dataset.who = this.#whoLabel;
    this.#listen();
  }

  get #whoLabel() {
    return labelOf(this.#who).textContent;
  }

  /** The question, as it reads. */
  get question() {
    return find(this.#item, ".point-text").textContent.trim().replace(/\s+/g, " ");
  }

  /** What a case fills in here, "" for nothing. */
  get source() {
    return this.#item.dataset.from ?? "";
  }

  /** The facets that this point has choices from. */
  get facets() {
    return this.#choices?.facets ?? [];
  }

  /** What is on the page, whether it is stored or not. @returns {import("./answers.js").Answer} */
  get value() {
    return {
      state: this.#state,
      answer: this.#answer.value,
      who: this.#who.value,
      choices: this.#choices?.value,
    };
  }

  /** @returns {import("./answers.js").State | undefined} */
  get #state() {
    if (this.#box?.checked) return "agreed";
    return this.#irrelevant?.checked ? "irrelevant" : undefined;
  }

  /** Return the labels of some chosen terms. @param {Record<string, string[]>} [choices] */
  labels(choices = {}) {
    return this.#choices?.labels(choices) ?? [];
  }

  /**
   * Show an answer.  A field that is being written in keeps what it has, unless `always`.
   * @param {import("./answers.js").Answer} answer @param {boolean} always
   */
  show(answer, always) {
    for (const field of [this.#answer, this.#who]) {
      const text = (field === this.#who ? answer.who : answer.answer) ?? "";
      if (always) this.#forget(field);
      if (field.value !== text && !this.#typing.has(field)) field.value = text;
    }
    if (this.#box) this.#box.checked = answer.state === "agreed";
    if (this.#irrelevant) this.#irrelevant.checked = answer.state === "irrelevant";
    this.#choices?.show(answer.choices ?? {});
    this.#taken.hidden = !answer.taken;
    this.#item.dataset.state = answer.state ?? "open";
    this.#print(answer);
    this.#grow();
  }

  /** Hand over at once what is still being written. */
  flush() {
    for (const field of [this.#answer, this.#who]) this.#commit(field);
  }

  /** Give every field a name that says which point it belongs to. @param {Element} fields */
  #name(fields) {
    const text = `${this.id}-text`;
    for (const field of [this.#answer, this.#who]) {
      const part = field === this.#who ? "who" : "answer";
      const label = labelOf(field);
      field.id = `${this.id}-${part}`;
      label.htmlFor = field.id;
      label.id = `${field.id}-label`;
      field.setAttribute("aria-labelledby", `${label.id} ${text}`);
    }
    if (this.#irrelevant) {
      const label = find(fields, ".point-irrelevant span");
      label.id = `${this.id}-irrelevant`;
      this.#irrelevant.setAttribute("aria-labelledby", `${label.id} ${text}`);
    }
  }

  /**
   * @param {Element} fields @param {Map<string, HTMLTemplateElement>} templates
   * @param {Texts} texts @param {(chosen: Record<string, string[]>) => string} hrefOf
   */
  #makeChoices(fields, templates, texts, hrefOf) {
    const facets = (this.#item.dataset.facets ?? "").split(",");
    const wanted = facets.flatMap((it) => templates.get(it) ?? []);
    if (!wanted.length) return null;
    const choices = new Choices(wanted, `${this.id}-text`, texts, hrefOf, (chosen) =>
      this.#onChange(this.id, { choices: chosen }),
    );
    fields.append(choices.root);
    return choices;
  }

  #listen() {
    for (const field of [this.#answer, this.#who]) {
      field.addEventListener("input", () => {
        clearTimeout(this.#typing.get(field));
        this.#typing.set(
          field,
          setTimeout(() => this.#commit(field), TYPING_PAUSE),
        );
        this.#grow();
      });
      field.addEventListener("change", () => this.#commit(field));
    }
    for (const tick of [this.#box, this.#irrelevant]) {
      const other = tick === this.#box ? this.#irrelevant : this.#box;
      tick?.addEventListener("change", () => {
        if (tick.checked && other) other.checked = false;
        this.#onChange(this.id, { state: this.#state });
      });
    }
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  #commit(field) {
    if (!this.#typing.has(field)) return;
    this.#forget(field);
    const part = field === this.#who ? { who: field.value } : { answer: field.value };
    this.#onChange(this.id, part);
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  #forget(field) {
    clearTimeout(this.#typing.get(field));
    this.#typing.delete(field);
  }

  /**
   * On paper, an answer is text of its own: a field would be cut at its edge.
   * @param {import("./answers.js").Answer} answer
   */
  #print(answer) {
    const parts = [this.labels(answer.choices).join(", "), answer.answer ?? ""].filter(Boolean);
    if (answer.who) parts.push(`${this.#whoLabel}: ${answer.who}`);
    if (answer.taken) parts.push(this.#texts.say("taken"));
    this.#printed.textContent = parts.join("\n");
    // A box is ticked or struck through; the word stands there for those who cannot tell.
    const said = answer.state === "agreed" ? "stateAgreed" : "stateIrrelevant";
    this.#settled.textContent = answer.state ? this.#texts.say(said) : "";
  }

  /** Browsers that cannot do it themselves let the field grow with its text. */
  #grow() {
    if (GROWS) return;
    this.#answer.style.height = "auto";
    if (this.#answer.scrollHeight) this.#answer.style.height = `${this.#answer.scrollHeight + 4}px`;
  }
}

/** The label beside a field. @param {Element} field */
const labelOf = (field) => find(field.parentElement ?? document, "label");

/** A line that only paper shows; the fields say the same. @param {string} name */
function forPaper(name) {
  const line = document.createElement("p");
  line.className = name;
  line.ariaHidden = "true";
  return line;
}
