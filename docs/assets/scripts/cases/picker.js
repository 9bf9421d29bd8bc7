/**
 * A field in which one finds a case by typing: a combobox with a list of suggestions, as the ARIA
 * patterns describe it.  The site's own search finds the cases, so words of the subject, synonyms
 * and spelling mistakes work here too; it is fetched with the first letter.
 */
import { WordSearch } from "../catalogue/search.js";
import { around, find } from "../shared/elements.js";

const TYPING_PAUSE = 200;
/** Suggestions that one can look over without scrolling far. */
const MOST = 8;

/** @typedef {import("../catalogue/data.js").Card} Card */

export class Picker {
  #field;
  #list;
  #status;
  #finder;
  #search;
  #texts;
  #pick;
  #leaveOut;
  #suggest;
  /** @type {Card[]} */
  #cards = [];
  #active = -1;
  #turn = 0;
  #typing = 0;

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
    this.#field = find(root, "input");
    this.#list = find(root, "[role='listbox']");
    this.#status = find(root, "[role='status']");
    this.#finder = finder;
    this.#search = search;
    this.#texts = texts;
    this.#pick = pick;
    this.#leaveOut = leaveOut;
    this.#suggest = suggest;
    this.#listen();
  }

  #listen() {
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#find(), TYPING_PAUSE);
    });
    this.#field.addEventListener("focus", () => this.#find());
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    this.#field.addEventListener("blur", () => this.#close());
    // The field keeps the focus while one clicks in the list.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = around(event, "[role='option']");
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  async #find() {
    const turn = ++this.#turn;
    const words = this.#field.value.trim();
    /** @type {(Card | null | undefined)[]} */
    let cards;
    try {
      cards = words ? await this.#found(words) : await this.#suggested();
    } catch {
      if (turn === this.#turn) this.#shut(this.#texts.say("pickerFailed"));
      return;
    }
    if (turn !== this.#turn || document.activeElement !== this.#field) return;
    const out = new Set(this.#leaveOut());
    this.#cards = cards.flatMap((card) => (card && !out.has(card.id) ? card : [])).slice(0, MOST);
    if (this.#cards.length) this.#open(words);
    else this.#shut(words && this.#texts.say("pickerNone", { words }));
  }

  /** @param {string} words */
  async #found(words) {
    const { hits } = await this.#search.find(words, false);
    // Some of the first may be chosen already.
    return this.#finder.cards(hits.slice(0, MOST + this.#leaveOut().length));
  }

  async #suggested() {
    const found = await this.#finder.byId(this.#suggest());
    return [...found.values()];
  }

  /** @param {string} words */
  #open(words) {
    this.#active = -1;
    this.#list.replaceChildren(...this.#cards.map((card, place) => this.#option(card, place)));
    this.#list.hidden = false;
    this.#field.ariaExpanded = "true";
    this.#field.removeAttribute("aria-activedescendant");
    const { length } = this.#cards;
    this.#say(
      words ? this.#texts.count("pickerFound", length) : this.#texts.say("pickerSuggested"),
    );
  }

  /** @param {Card} card @param {number} place */
  #option(card, place) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `${this.#list.id}-${place}`;
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
  #close() {
    this.#turn++;
    clearTimeout(this.#typing);
    this.#shut("");
  }

  /** Close the list, and say why. @param {string} text */
  #shut(text) {
    this.#list.hidden = true;
    this.#field.ariaExpanded = "false";
    this.#field.removeAttribute("aria-activedescendant");
    this.#active = -1;
    this.#say(text);
  }

  /** @param {string} text */
  #say(text) {
    this.#status.textContent = text;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const isOpen = !this.#list.hidden;
    if (event.key === "Escape" && isOpen) this.#close();
    else if (event.key === "Enter" && isOpen) this.#choose(Math.max(this.#active, 0));
    else if (event.key === "ArrowDown" && isOpen) this.#move(1);
    else if (event.key === "ArrowUp" && isOpen) this.#move(-1);
    else if (event.key === "ArrowDown") void this.#find();
    else return;
    event.preventDefault();
  }

  /** Go on in the list; beyond its ends stands the field itself. @param {number} by */
  #move(by) {
    const { length } = this.#cards;
    this.#active = ((this.#active + 1 + by + length + 1) % (length + 1)) - 1;
    [...this.#list.children].forEach((option, place) => {
      option.ariaSelected = String(place === this.#active);
    });
    const active = this.#list.children[this.#active];
    if (!active) {
      this.#field.removeAttribute("aria-activedescendant");
      return;
    }
    this.#field.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} place */
  #choose(place) {
    const card = this.#cards[place];
    this.#field.value = "";
    this.#close();
    if (card) this.#pick(card);
  }
}
