/** Asks for the name of a copy. */
import { find } from "../shared/elements.js";

export class NameDialog {
  #dialog;
  #title;
  #field;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    this.#title = find(dialog, "h2");
    this.#field = find(dialog, "input");
    find(dialog, "[data-cancel]").addEventListener("click", () => dialog.close(""));
  }

  /**
   * Ask, and wait for the answer.
   * @param {string} title @param {string} name to begin with
   * @returns {Promise<?string>} null when the reader thinks better of it
   */
  ask(title, name) {
    this.#title.textContent = title;
    this.#field.value = name;
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
    this.#field.select();
    return new Promise((resolve) => {
      this.#dialog.addEventListener(
        "close",
        () => resolve(this.#dialog.returnValue === "ok" ? this.#field.value.trim() : null),
        { once: true },
      );
    });
  }
}
