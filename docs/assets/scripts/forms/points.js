/** The fields of the page's points: put there, filled in from answers, and listened to. */
import { Choices } from "./choices.js";

/** How long someone pauses before what they write is stored. */
const TYPING_PAUSE = 300;
const GROWS = CSS.supports("field-sizing", "content");

/** One item of a checklist, or one question of a worksheet. */
export class Point {
  /**
   * @param {HTMLElement} item of the list, with an id
   * @param {{fields: HTMLTemplateElement, choices: Map<string, HTMLTemplateElement>}} templates
   * @param {import("../shared/texts.js").Texts} texts
   * @param {(chosen: Record<string, string[]>) => string} hrefOf where cases with some terms are
   * @param {(id: string, part: import("./answers.js").Answer) => void} onChange
   */
  constructor(item, templates, texts, hrefOf, onChange) {
    this.id = item.id;
    this._item = item;
    this._texts = texts;
    this._onChange = onChange;
    const fields = templates.fields.content.cloneNode(true).firstElementChild;
    this._answer = fields.querySelector("textarea");
    this._who = fields.querySelector(".point-who input");
    this._states = [...fields.querySelectorAll(".point-state input")];
    this._taken = fields.querySelector(".point-taken");
    this._name(fields);
    this._choices = this._makeChoices(fields, templates.choices, texts, hrefOf);
    this._settled = forPaper("point-settled");
    this._printed = forPaper("point-printed");
    item.append(fields, this._settled, this._printed);
    if (this._states.length) item.dataset.who = this._whoLabel;
    this._listen();
  }

  get _whoLabel() {
    return this._who.parentElement.querySelector("label").textContent;
  }

  /** The question, as it reads. */
  get question() {
    return this._item.querySelector(".point-text").innerText.trim();
  }

  /** What a case fills in here, "" for nothing. */
  get source() {
    return this._item.dataset.from ?? "";
  }

  /** The facets that this point has choices from. */
  get facets() {
    return this._choices?.facets ?? [];
  }

  /** What is on the page, whether it is stored or not. @returns {import("./answers.js").Answer} */
  get value() {
    return {
      state: this._states.find((state) => state.checked)?.value || undefined,
      answer: this._answer.value,
      who: this._who.value,
      choices: this._choices?.value,
    };
  }

  /** Return the labels of some chosen terms. @param {Record<string, string[]>} [choices] */
  labels(choices = {}) {
    return this._choices?.labels(choices) ?? [];
  }

  /**
   * Show an answer.  A field that is being written in keeps what it has, unless `always`.
   * @param {import("./answers.js").Answer} answer @param {boolean} always
   */
  show(answer, always) {
    for (const [field, text] of [
      [this._answer, answer.answer ?? ""],
      [this._who, answer.who ?? ""],
    ]) {
      if (always) this._forget(field);
      if (field.value !== text && !this._typing?.has(field)) field.value = text;
    }
    for (const state of this._states) state.checked = state.value === (answer.state ?? "");
    this._choices?.show(answer.choices ?? {});
    this._taken.hidden = !answer.taken;
    this._item.dataset.state = answer.state ?? "open";
    this._print(answer);
    this._grow();
  }

  /** Hand over at once what is still being written. */
  flush() {
    for (const field of [...this._typing.keys()]) this._commit(field);
  }

  /** Give every field a name that says which point it belongs to. */
  _name(fields) {
    const text = `${this.id}-text`;
    for (const [field, part] of [
      [this._answer, "answer"],
      [this._who, "who"],
    ]) {
      const label = field.parentElement.querySelector("label");
      field.id = `${this.id}-${part}`;
      label.htmlFor = field.id;
      label.id = `${field.id}-label`;
      field.setAttribute("aria-labelledby", `${label.id} ${text}`);
    }
    for (const state of this._states) state.name = `${this.id}-state`;
    fields.querySelector(".point-state")?.setAttribute("aria-labelledby", text);
  }

  _makeChoices(fields, templates, texts, hrefOf) {
    const wanted = (this._item.dataset.facets ?? "").split(",").filter((it) => templates.has(it));
    if (!wanted.length) return null;
    const choices = new Choices(
      wanted.map((facet) => templates.get(facet)),
      `${this.id}-text`,
      texts,
      hrefOf,
      (chosen) => this._onChange(this.id, { choices: chosen }),
    );
    fields.append(choices.root);
    return choices;
  }

  _listen() {
    /** Field -> the pause after which it is stored. */
    this._typing = new Map();
    for (const field of [this._answer, this._who]) {
      field.addEventListener("input", () => {
        clearTimeout(this._typing.get(field));
        this._typing.set(
          field,
          setTimeout(() => this._commit(field), TYPING_PAUSE),
        );
        this._grow();
      });
      field.addEventListener("change", () => this._commit(field));
    }
    for (const state of this._states) {
      state.addEventListener("change", () => {
        this._onChange(this.id, { state: state.value || undefined });
      });
    }
  }

  _commit(field) {
    if (!this._typing.has(field)) return;
    this._forget(field);
    const part = field === this._who ? { who: field.value } : { answer: field.value };
    this._onChange(this.id, part);
  }

  _forget(field) {
    clearTimeout(this._typing.get(field));
    this._typing.delete(field);
  }

  /** On paper, an answer is text of its own: a field would be cut at its edge. */
  _print(answer) {
    const parts = [this.labels(answer.choices).join(", "), answer.answer ?? ""].filter(Boolean);
    if (answer.who) parts.push(`${this._whoLabel}: ${answer.who}`);
    if (answer.taken) parts.push(this._texts.say("taken"));
    this._printed.textContent = parts.join("\n");
    // A box is ticked or struck through; the word stands there for those who cannot tell.
    const state = this._states.find(({ value }) => answer.state && value === answer.state);
    this._settled.textContent = state?.parentElement.textContent.trim() ?? "";
  }

  /** Browsers that cannot do it themselves let the field grow with its text. */
  _grow() {
    if (GROWS) return;
    this._answer.style.height = "auto";
    if (this._answer.scrollHeight) this._answer.style.height = `${this._answer.scrollHeight + 4}px`;
  }
}

/** A line that only paper shows; the fields say the same. */
function forPaper(name) {
  const line = document.createElement("p");
  line.className = name;
  line.ariaHidden = "true";
  return line;
}
