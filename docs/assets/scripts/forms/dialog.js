/** Asks for the name of a copy. */
export class NameDialog {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this._dialog = dialog;
    this._title = dialog.querySelector("h2");
    this._field = dialog.querySelector("input");
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close(""));
  }

  /**
   * Ask, and wait for the answer.
   * @param {string} title @param {string} name to begin with
   * @returns {Promise<?string>} null when the reader thinks better of it
   */
  ask(title, name) {
    this._title.textContent = title;
    this._field.value = name;
    this._dialog.returnValue = "";
    this._dialog.showModal();
    this._field.select();
    return new Promise((resolve) => {
      this._dialog.addEventListener(
        "close",
        () => resolve(this._dialog.returnValue === "ok" ? this._field.value.trim() : null),
        { once: true },
      );
    });
  }
}
