/**
 * A field in which one finds a case by typing: a combobox with a list of suggestions, as the ARIA
 * patterns describe it.  The site's own search finds the cases, so words of the subject, synonyms
 * and spelling mistakes work here too; it is fetched with the first letter.
 */
import { WordSearch } from "../catalogue/search.js";

const TYPING_PAUSE = 200;
/** Suggestions that one can look over without scrolling far. */
const MOST = 8;

/** @typedef {import("../catalogue/data.js").Card} Card */

export class Picker {
  /**
   * @param {HTMLElement} root
   * @param {import("./finder.js").CaseFinder} finder
   * @param {WordSearch} search
   * @param {import("../shared/texts.js").Texts} texts
   * @param {{pick: (card: Card) => void, leaveOut: () => string[],
   *   suggest?: () => string[]}} ways what to do with a case that was chosen, which cases not to
   *   offer, and which to offer before anything is typed
   */
  constructor(root, finder, search, texts, { pick, leaveOut, suggest = () => [] }) {
    this._field = root.querySelector("input");
    this._list = root.querySelector("[role='listbox']");
    this._status = root.querySelector("[role='status']");
    this._finder = finder;
    this._search = search;
    this._texts = texts;
    this._pick = pick;
    this._leaveOut = leaveOut;
    this._suggest = suggest;
    this._cards = [];
    this._active = -1;
    this._turn = 0;
    this._listen();
  }

  _listen() {
    this._field.addEventListener("input", () => {
      clearTimeout(this._typing);
      this._typing = setTimeout(() => this._find(), TYPING_PAUSE);
    });
    this._field.addEventListener("focus", () => this._find());
    this._field.addEventListener("keydown", (event) => this._press(event));
    this._field.addEventListener("blur", () => this._close());
    // The field keeps the focus while one clicks in the list.
    this._list.addEventListener("pointerdown", (event) => event.preventDefault());
    this._list.addEventListener("click", (event) => {
      const option = event.target.closest("[role='option']");
      if (option) this._choose([...this._list.children].indexOf(option));
    });
  }

  async _find() {
    const turn = ++this._turn;
    const words = this._field.value.trim();
    let cards;
    try {
      cards = words ? await this._found(words) : await this._suggested();
    } catch {
      if (turn === this._turn) this._shut(this._texts.say("pickerFailed"));
      return;
    }
    if (turn !== this._turn || document.activeElement !== this._field) return;
    const out = new Set(this._leaveOut());
    this._cards = cards.filter((card) => card && !out.has(card.id)).slice(0, MOST);
    if (this._cards.length) this._open(words);
    else this._shut(words && this._texts.say("pickerNone", { words }));
  }

  async _found(words) {
    const { hits } = await this._search.find(words, false);
    // Some of the first may be chosen already.
    return this._finder.cards(hits.slice(0, MOST + this._leaveOut().length));
  }

  async _suggested() {
    const found = await this._finder.byId(this._suggest());
    return [...found.values()];
  }

  _open(words) {
    this._active = -1;
    this._list.replaceChildren(...this._cards.map((card, place) => this._option(card, place)));
    this._list.hidden = false;
    this._field.ariaExpanded = "true";
    this._field.removeAttribute("aria-activedescendant");
    const { length } = this._cards;
    this._say(
      words ? this._texts.count("pickerFound", length) : this._texts.say("pickerSuggested"),
    );
  }

  _option(card, place) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `${this._list.id}-${place}`;
    option.ariaSelected = "false";
    const title = document.createElement("strong");
    title.textContent = card.title;
    const where = document.createElement("span");
    where.className = "details";
    where.textContent = [card.place, card.period].filter(Boolean).join("\u00a0· ");
    option.append(title, " ", where);
    return option;
  }

  /** Close the list for good: what is still on its way is not wanted any more. */
  _close() {
    this._turn++;
    clearTimeout(this._typing);
    this._shut("");
  }

  /** Close the list, and say why. @param {string} text */
  _shut(text) {
    this._list.hidden = true;
    this._field.ariaExpanded = "false";
    this._field.removeAttribute("aria-activedescendant");
    this._active = -1;
    this._say(text);
  }

  _say(text) {
    this._status.textContent = text;
  }

  _press(event) {
    const isOpen = !this._list.hidden;
    if (event.key === "Escape" && isOpen) this._close();
    else if (event.key === "Enter" && isOpen) this._choose(Math.max(this._active, 0));
    else if (event.key === "ArrowDown" && isOpen) this._move(1);
    else if (event.key === "ArrowUp" && isOpen) this._move(-1);
    else if (event.key === "ArrowDown") this._find();
    else return;
    event.preventDefault();
  }

  /** Go on in the list; beyond its ends stands the field itself. */
  _move(by) {
    const { length } = this._cards;
    this._active = ((this._active + 1 + by + length + 1) % (length + 1)) - 1;
    [...this._list.children].forEach((option, place) => {
      option.ariaSelected = String(place === this._active);
    });
    const active = this._list.children[this._active];
    if (!active) {
      this._field.removeAttribute("aria-activedescendant");
      return;
    }
    this._field.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  _choose(place) {
    const card = this._cards[place];
    this._field.value = "";
    this._close();
    this._pick(card);
  }
}
