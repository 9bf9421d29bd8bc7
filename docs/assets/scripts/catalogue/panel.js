/**
 * On small screens the filters stand in a dialog of their own, opened by a button.  It is the same
 * list in both places: it moves into the dialog and back, with all that is ticked and unfolded.
 */
import { find } from "../shared/elements.js";

export class Panel {
  #opener;
  #done;
  #count;

  /**
   * @param {HTMLElement} filters the list @param {HTMLButtonElement} opener
   * @param {HTMLDialogElement} dialog
   */
  constructor(filters, opener, dialog) {
    const home = document.createComment("");
    filters.before(home);
    this.#opener = opener;
    this.#done = find(dialog, ".panel-done");
    this.#count = find(dialog, ".panel-count");
    opener.addEventListener("click", () => {
      find(dialog, ".panel-body").append(filters);
      dialog.showModal();
    });
    dialog.addEventListener("close", () => home.after(filters));
    for (const button of dialog.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => dialog.close());
    }
    // A press on what is behind the panel lands on the dialog itself, outside its box.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    // When the window grows wide, the list goes back beside the cards.
    matchMedia("(min-width: 60em)").addEventListener("change", () => dialog.open && dialog.close());
  }

  /**
   * Say on the buttons what is chosen and what is left.  Screen readers hear nothing from outside an
   * open dialog, so the number is said in it too.
   * @param {string} open @param {string} done @param {string} count
   */
  label(open, done, count) {
    if (this.#count.textContent !== count) this.#count.textContent = count;
    find(this.#opener, ":scope > :last-child").textContent = open;
    this.#done.textContent = done;
  }
}
