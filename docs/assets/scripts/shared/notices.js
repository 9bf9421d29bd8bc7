/** Short messages, one of each kind, read out when they come. */
export class Notices {
  #root;
  #after;
  #shown;

  /**
   * @param {HTMLElement} root a polite live region
   * @param {HTMLElement} after gets the focus when the button that had it goes with its message
   */
  constructor(root, after) {
    this.#root = root;
    this.#after = after;
    this.#shown = new Map();
  }

  /**
   * Show a message in place of the former one of its kind.
   * @param {string} kind @param {string} text
   * @param {{label: string, run: () => void}} [action] a button after the text
   */
  show(kind, text, action) {
    const whole = [text, action?.label].join("\n");
    if (this.#shown.get(kind)?.dataset.text === whole) return; // not read out twice
    this.clear(kind);
    const line = document.createElement("p");
    line.className = "notice";
    line.dataset.text = whole;
    line.append(text);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = action.label;
      button.addEventListener("click", action.run);
      line.append(" ", button);
    }
    this.#shown.set(kind, line);
    this.#root.append(line);
  }

  /** Take a message away. @param {string} kind */
  clear(kind) {
    const line = this.#shown.get(kind);
    if (!line) return;
    const hadFocus = line.contains(document.activeElement);
    line.remove();
    this.#shown.delete(kind);
    if (hadFocus) this.#after.focus();
  }
}
