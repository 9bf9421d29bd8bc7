/** Copies on their way out of the browser and back in, as files. */
import { fileName, readJson, saveFile } from "../kept/files.js";
import { readFile, writeFile } from "./answers.js";
import { outlineOf } from "./outline.js";
import { TYPE as WORD, plainText, wordDocument } from "./word.js";
import { find } from "../shared/elements.js";

const TEXT = "text/plain;charset=utf-8";

export class Transfer {
  #form;
  #isChecklist;
  #fields;
  #texts;
  #points;

  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {import("./points.js").Point[]} points
   */
  constructor(root, texts, points) {
    this.#form = root.dataset.form;
    this.#isChecklist = root.dataset.kind === "checklist";
    this.#fields = find(root, ".form-fields", HTMLTemplateElement).content;
    this.#texts = texts;
    this.#points = points;
  }

  /** @typedef {import("./answers.js").Copy} Copy */

  /** Save as what can be filled in further. @param {Copy} copy */
  saveFile(copy) {
    saveFile(this.#name(copy, "json"), "application/json", writeFile(copy));
  }

  /** Save as a document. @param {Copy} copy */
  saveWord(copy) {
    saveFile(this.#name(copy, "docx"), WORD, wordDocument(this.#outline(copy)));
  }

  /** Save as plain text. @param {Copy} copy */
  saveText(copy) {
    saveFile(this.#name(copy, "txt"), TEXT, plainText(this.#outline(copy)));
  }

  /** Save what could not be read. @param {string} text */
  saveAside(text) {
    saveFile(fileName([this.#texts.say("asideName")], "txt"), TEXT, text);
  }

  /**
   * Read a file that the reader chose.
   * @param {File} file
   * @returns {Promise<{copy: Copy} | {refused: string}>} `refused` says why not
   */
  async read(file) {
    const read = await readJson(file, readFile);
    if ("refused" in read) return { refused: this.#texts.say(read.refused) };
    if (read.value === "newer") return { refused: this.#texts.say("newerFile") };
    const { copy } = read.value;
    if (copy.form !== this.#form) {
      return { refused: this.#texts.say("otherForm", { form: copy.form }) };
    }
    return { copy };
  }

  get #title() {
    return find(document, "h1").innerText.trim();
  }

  /** @param {Copy} copy @param {string} ending */
  #name(copy, ending) {
    return fileName([this.#title, copy.name], ending);
  }

  /** @param {Copy} copy */
  #outline(copy) {
    /** @param {string} part */
    const label = (part) => find(this.#fields, `${part} label`).textContent;
    return outlineOf(copy, this.#points, {
      text: this.#texts,
      isChecklist: this.#isChecklist,
      title: this.#title,
      language: document.documentElement.lang,
      address: location.origin + location.pathname,
      states: {
        "": this.#texts.say("stateOpen"),
        agreed: this.#texts.say("stateAgreed"),
        irrelevant: this.#texts.say("stateIrrelevant"),
      },
      labels: { answer: label(".point-answer"), who: label(".point-who") },
    });
  }
}
