/** Copies on their way out of the browser and back in, as files. */
import { fileName, readJson, saveFile } from "../kept/files.js";
import { readFile, writeFile } from "./answers.js";
import { outlineOf } from "./outline.js";
import { TYPE as WORD, plainText, wordDocument } from "./word.js";

const TEXT = "text/plain;charset=utf-8";

export class Transfer {
  /**
   * @param {HTMLElement} root @param {import("../shared/texts.js").Texts} texts
   * @param {import("./points.js").Point[]} points
   */
  constructor(root, texts, points) {
    this._form = root.dataset.form;
    this._isChecklist = root.dataset.kind === "checklist";
    this._fields = root.querySelector(".form-fields").content;
    this._texts = texts;
    this._points = points;
  }

  /** @typedef {import("./answers.js").Copy} Copy */

  /** Save as what can be filled in further. @param {Copy} copy */
  saveFile(copy) {
    saveFile(this._name(copy, "json"), "application/json", writeFile(copy));
  }

  /** Save as a document. @param {Copy} copy */
  saveWord(copy) {
    saveFile(this._name(copy, "docx"), WORD, wordDocument(this._outline(copy)));
  }

  /** Save as plain text. @param {Copy} copy */
  saveText(copy) {
    saveFile(this._name(copy, "txt"), TEXT, plainText(this._outline(copy)));
  }

  /** Save what could not be read. @param {string} text */
  saveAside(text) {
    saveFile(fileName([this._texts.say("asideName")], "txt"), TEXT, text);
  }

  /**
   * Read a file that the reader chose.
   * @param {File} file
   * @returns {Promise<{copy: Copy} | {refused: string}>} `refused` says why not
   */
  async read(file) {
    const { refused, value } = await readJson(file, readFile);
    if (refused) return { refused: this._texts.say(refused) };
    if (value.newer) return { refused: this._texts.say("newerFile") };
    const { copy } = value;
    if (copy.form !== this._form) {
      return { refused: this._texts.say("otherForm", { form: copy.form }) };
    }
    return { copy };
  }

  get _title() {
    return document.querySelector("h1").innerText.trim();
  }

  _name(copy, ending) {
    return fileName([this._title, copy.name], ending);
  }

  _outline(copy) {
    const label = (part) => this._fields.querySelector(`${part} label`).textContent;
    const states = [...this._fields.querySelectorAll(".point-state label")].map((it) => [
      it.querySelector("input").value,
      it.textContent.trim(),
    ]);
    return outlineOf(copy, this._points, {
      text: this._texts,
      isChecklist: this._isChecklist,
      title: this._title,
      language: document.documentElement.lang,
      address: location.origin + location.pathname,
      states: Object.fromEntries(states),
      labels: { answer: label(".point-answer"), who: label(".point-who") },
    });
  }
}
