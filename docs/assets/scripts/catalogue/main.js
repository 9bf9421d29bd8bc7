/**
 * The catalogue: filters, search, order and comparison over the cards that the page was served with.
 *
 * Without this script the page is whole: the first cards, links to a page for each term, and a list
 * of all cases.  With it, the links become boxes as soon as the index has come.  If it does not
 * come, the links stay, and the page says so.
 */
import { CardMaker } from "./cards.js";
import { Chips } from "./chips.js";
import { Data } from "./data.js";
import { FacetLists } from "./facets.js";
import { LikeUs } from "./like.js";
import { Notices } from "../shared/notices.js";
import { repeatInLanguages } from "../shared/languages.js";
import { Panel } from "./panel.js";
import { WordSearch } from "./search.js";
import { Cases, REASONS, isKnownFirst, isMixed } from "./selection.js";
import {
  choose,
  countChosen,
  isDefault,
  isEmpty,
  noState,
  readAddress,
  writeAddress,
} from "./state.js";
import { Texts } from "../shared/texts.js";
import { dataOf, find } from "../shared/elements.js";

/** How long someone pauses who has finished a word. */
const TYPING_PAUSE = 250;
/** More at once is no list that one reads; it would fetch a great many files. */
const MAX_PAGES = 10;
/** What there is to tell of words where nothing was searched for. */
const NOTHING = { hits: [], corrected: "", softened: false };
/** Of an address that holds nonsense, this much is told. */
const TOLD_AT_MOST = 5;
const TOLD_LENGTH = 40;

/** @typedef {import("./state.js").State} State */

class Catalogue {
  #root;
  #list;
  #count;
  #number;
  #told;
  #order;
  #more;
  #limit;
  #none;
  #words;
  #field;
  #sort;
  #perPage;
  #texts;
  #facets;
  #notices;
  #chips;
  #state;
  #like;
  #panel;
  #maker;
  #data;
  #search;
  #known;
  #turn;
  #drawn;
  /** @type {Cases | undefined} */
  #cases;
  #typing = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    const language = dataOf(root, "language");
    this.#root = root;
    this.#list = find(root, ".cards");
    this.#count = find(root, ".count");
    this.#number = find(root, ".count-number");
    this.#told = find(root, ".count-chosen");
    this.#order = find(root, ".order-told");
    this.#more = find(root, ".show-more");
    this.#limit = find(root, ".limit-reached");
    this.#none = find(root, ".no-results");
    this.#words = find(root, ".search-within", HTMLFormElement);
    this.#field = find(this.#words, "[name='q']", HTMLInputElement);
    this.#sort = find(root, ".sort select");
    this.#perPage = Number(root.dataset.perPage);
    this.#texts = new Texts(find(root, ".catalogue-texts"), language);
    this.#facets = new FacetLists(root, this.#texts);
    this.#notices = new Notices(find(root, ".notices"), this.#count);
    this.#chips = new Chips(
      find(root, ".chips"),
      this.#texts,
      () => this.#change({ ...noState(), profile: this.#state.profile, sort: this.#state.sort }),
      this.#count,
    );
    this.#like = new LikeUs(find(root, ".like-us", HTMLDetailsElement), (profile, kept) => {
      if (kept) this.#notices.clear("storage");
      else this.#notices.show("storage", this.#texts.say("notKept"));
      this.#change({ ...this.#copy(), profile, sort: "" });
    });
    this.#panel = new Panel(
      find(root, ".filters"),
      find(root, ".panel-open", HTMLButtonElement),
      find(root, "dialog"),
    );
    const version = dataOf(root, "version");
    const front = new URL(dataOf(root, "root"), document.baseURI);
    const data = new URL(dataOf(root, "data"), document.baseURI);
    this.#maker = new CardMaker(root, dataOf(root, "root"));
    this.#data = new Data(data, language, version);
    this.#search = new WordSearch(front, language, version);
    this.#known = {
      facets: this.#facets.known,
      sorts: [...this.#sort.options].map((option) => option.value),
      profile: this.#like.known,
      maxPages: MAX_PAGES,
    };
    this.#state = noState();
    this.#turn = 0;
    /** Number of a case -> its card, once it is drawn. */
    this.#drawn = new Map();
  }

  /** Begin: read the address, fetch the index, and show what the address asks for. */
  async start() {
    this.#readAddress();
    this.#remember();
    if (!isDefault(this.#state)) this.#wait();
    this.#listen();
    await this.#load();
  }

  /** Fetch the index and show what is chosen; without it the page stays as it was served. */
  async #load() {
    let index;
    try {
      index = await this.#data.index();
    } catch {
      this.#ready();
      this.#notices.show("data", this.#texts.say("noIndex"), {
        label: this.#texts.say("retry"),
        run: () => this.#load(),
      });
      return;
    }
    this.#notices.clear("data");
    this.#cases = new Cases(index);
    const served = [...this.#list.children];
    for (const [place, card] of served.entries()) this.#drawn.set(this.#cases.served[place], card);
    this.#facets.makeBoxes((facet, term, on) => {
      const state = this.#copy();
      choose(state, facet, term, on);
      this.#change(state);
    });
    this.#root.classList.add("interactive");
    await this.#show();
    scrollTo({ top: history.state?.top ?? scrollY, behavior: "instant" });
  }

  #listen() {
    addEventListener("popstate", () => {
      this.#readAddress();
      void this.#show();
    });
    // Where the reader was, for when they come back from a case: the cards come after the page.
    addEventListener("pagehide", () => {
      history.replaceState({ ...history.state, top: scrollY }, "");
    });
    this.#words.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#type();
    });
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#type(), TYPING_PAUSE);
    });
    this.#sort.addEventListener("change", () => {
      this.#change({ ...this.#copy(), sort: this.#sort.value });
    });
    this.#more.addEventListener("click", () => this.#showMore());
    for (const button of this.#root.querySelectorAll(".clear-all")) {
      button.addEventListener("click", () => {
        this.#change({ ...noState(), profile: this.#state.profile, sort: this.#state.sort });
      });
    }
  }

  /**
   * Take the remembered place where the address names none, and let the address say so.  Only when
   * the page is opened: who goes back to before a place was told, goes back to no place.
   */
  #remember() {
    if (!isEmpty(this.#state.profile)) return;
    this.#state.profile = this.#like.remembered(this.#known);
    if (isEmpty(this.#state.profile)) return;
    history.replaceState(history.state, "", this.#address() + location.hash);
  }

  /** Take the state from the address. */
  #readAddress() {
    const { state, unknown } = readAddress(location.search, this.#known);
    this.#state = state;
    this.#field.value = state.query;
    if (!unknown.length) {
      this.#notices.clear("address");
      return;
    }
    const told = unknown
      .slice(0, TOLD_AT_MOST)
      .map((name) => this.#texts.say("quoted", { what: name.slice(0, TOLD_LENGTH) }));
    this.#notices.show(
      "address",
      this.#texts.say("unknownInAddress", { what: this.#texts.list(told) }),
    );
  }

  /** Return the state as something to change: shown from its first page again. */
  #copy() {
    const chosen = new Map([...this.#state.chosen].map(([id, terms]) => [id, new Set(terms)]));
    return { ...this.#state, chosen, pages: 1 };
  }

  /**
   * Take a new state: into the address, as a step that one can go back, and onto the page.
   * @param {State} state
   */
  #change(state) {
    clearTimeout(this.#typing);
    this.#state = state;
    this.#field.value = state.query;
    this.#notices.clear("address");
    history.pushState(null, "", this.#address());
    void this.#show();
  }

  /** Take the words typed so far; a word is one step of the history however many letters it has. */
  #type() {
    clearTimeout(this.#typing);
    const query = this.#field.value.trim();
    if (query === this.#state.query) return;
    const begins = !this.#state.query;
    this.#state = { ...this.#copy(), query, exact: false };
    if (begins) history.pushState(null, "", this.#address());
    else history.replaceState(null, "", this.#address());
    void this.#show();
  }

  async #showMore() {
    this.#state.pages++;
    history.replaceState(history.state, "", this.#address());
    const before = this.#list.children.length;
    await this.#show();
    this.#list.children[before]?.querySelector("a")?.focus();
  }

  #address() {
    return `${location.pathname}${writeAddress(this.#state, this.#known)}`;
  }

  /** Show the state.  A later state overtakes an earlier one that still waits for its cards. */
  async #show() {
    if (!this.#cases) return; // when the index comes, what is chosen then is shown
    const turn = ++this.#turn;
    repeatInLanguages(writeAddress(this.#state, this.#known));
    const hits = await this.#hits();
    if (turn !== this.#turn) return;
    const { numbers, sort, counts } = this.#cases.select(this.#state, hits);
    this.#facets.update(this.#state.chosen, counts);
    this.#chips.update(this.#chipsOf(this.#state));
    this.#like.show(this.#state.profile);
    this.#showSort(sort, Boolean(hits));
    this.#showCount(numbers.length);
    const shown = numbers.slice(0, this.#state.pages * this.#perPage);
    await this.#draw(shown, turn);
    if (turn !== this.#turn) return;
    const rest = numbers.length - shown.length;
    const atLimit = this.#state.pages >= MAX_PAGES;
    this.#more.hidden = rest === 0 || atLimit;
    this.#more.textContent = this.#texts.count("more", Math.min(rest, this.#perPage));
    this.#limit.hidden = rest === 0 || !atLimit;
    this.#none.hidden = numbers.length > 0;
    this.#ready();
  }

  /** Return the cases that hold the words searched for, best first; null without words. */
  async #hits() {
    const { query, exact } = this.#state;
    const isAwaited = () => this.#state.query === query && this.#state.exact === exact;
    if (!query) {
      this.#notices.clear("search");
      this.#tellOfWords("", false);
      return null;
    }
    try {
      const found = await this.#search.find(query, exact);
      if (isAwaited()) {
        this.#notices.clear("search");
        this.#tellOfWords(query, exact, found);
      }
      return found.hits;
    } catch {
      if (!isAwaited()) return null; // nobody waits for these words any more
      this.#tellOfWords("", false);
      this.#notices.show("search", this.#texts.say("noSearch", { words: query }), {
        label: this.#texts.say("retry"),
        run: () => this.#show(),
      });
      return null;
    }
  }

  /**
   * Tell how words were understood: mended, taken as they are written, or not all of them found.
   * @param {string} query @param {boolean} exact
   * @param {{hits: number[], corrected: string, softened: boolean}} [found]
   */
  #tellOfWords(query, exact, { hits, corrected, softened } = NOTHING) {
    /** @param {boolean} how */
    const again = (how) => () => this.#change({ ...this.#copy(), query, exact: how });
    if (corrected) {
      this.#notices.show("corrected", this.#texts.say("corrected", { words: corrected }), {
        label: this.#texts.say("asWritten", { words: query }),
        run: again(true),
      });
    } else this.#notices.clear("corrected");
    if (exact) {
      this.#notices.show("exact", this.#texts.say("exact", { words: query }), {
        label: this.#texts.say("asUsual"),
        run: again(false),
      });
    } else this.#notices.clear("exact");
    if (softened && hits.length) this.#notices.show("softened", this.#texts.say("softened"));
    else this.#notices.clear("softened");
  }

  /**
   * Put the cards of some cases on the page; those that cannot be fetched are told of.
   * @param {number[]} numbers @param {number} turn
   */
  async #draw(numbers, turn) {
    const missing = numbers.filter((number) => !this.#drawn.has(number));
    if (missing.length) {
      this.#list.ariaBusy = "true";
      const cards = await this.#data.cards(missing);
      cards.forEach((card, place) => {
        if (card) this.#drawn.set(missing[place], this.#maker.make(card));
      });
    }
    if (turn !== this.#turn || !this.#cases) return;
    this.#list.ariaBusy = null;
    const here = numbers.filter((number) => this.#drawn.has(number));
    const likeness = this.#cases.likeness(this.#state.profile);
    if (isEmpty(this.#state.profile) || likeness.some(Boolean)) this.#notices.clear("like");
    else this.#notices.show("like", this.#texts.say("nothingAlike"));
    const cards = here.map((number) => {
      const card = this.#drawn.get(number);
      this.#maker.explain(card, this.#reasons(likeness[number]));
      return card;
    });
    this.#put(cards);
    const lost = numbers.length - here.length;
    if (!lost) {
      this.#notices.clear("cards");
      return;
    }
    this.#notices.show("cards", this.#texts.count("noCards", lost), {
      label: this.#texts.say("retry"),
      run: () => this.#show(),
    });
  }

  /**
   * Make the list hold these cards; one that stays where it is keeps its focus.
   * @param {HTMLElement[]} cards
   */
  #put(cards) {
    cards.forEach((card, place) => {
      const there = this.#list.children[place];
      if (there !== card) this.#list.insertBefore(card, there ?? null);
    });
    while (this.#list.children.length > cards.length) this.#list.lastElementChild?.remove();
  }

  /** Say what a case has in common with the reader's place. @param {number} bits see REASONS */
  #reasons(bits) {
    const same = REASONS.filter((_, bit) => bits & (1 << bit));
    // Who is in the same municipality is in the same county, and as large.
    const telling = same.includes("municipality")
      ? same.filter((reason) => reason !== "county" && reason !== "size")
      : same;
    const language = dataOf(this.#root, "language");
    const texts = telling.map((reason) => this.#texts.say(`same${capital(reason, language)}`));
    return texts.map((text, place) => (place ? text : capital(text, language))).join(", ");
  }

  /** @param {State} state */
  #chipsOf({ chosen, query }) {
    const chips = [];
    if (query) {
      chips.push({
        text: this.#texts.say("chip", { facet: this.#texts.say("words"), term: query }),
        remove: () => this.#change({ ...this.#copy(), query: "", exact: false }),
      });
    }
    for (const [facet, terms] of chosen) {
      for (const term of terms) {
        chips.push({
          text: this.#texts.say("chip", {
            facet: this.#facets.name(facet),
            term: this.#facets.label(facet, term),
          }),
          remove: () => {
            const state = this.#copy();
            choose(state, facet, term, false);
            this.#change(state);
          },
        });
      }
    }
    return chips;
  }

  /**
   * Offer the orders that make sense, and show the one in force.
   * @param {string} sort @param {boolean} hasHits
   */
  #showSort(sort, hasHits) {
    const compares = !isEmpty(this.#state.profile);
    for (const option of this.#sort.options) {
      const { value } = option;
      const isPossible = value === "relevance" ? hasHits : value !== "like" || compares;
      option.hidden = !isPossible;
      option.disabled = !isPossible;
    }
    this.#sort.value = sort;
    this.#order.hidden = !isKnownFirst(sort);
    this.#list.classList.toggle("mixed", isMixed(sort));
  }

  /** @param {number} number */
  #showCount(number) {
    const total = this.#cases?.total ?? 0;
    const all = number === total && !countChosen(this.#state) && !this.#state.query;
    this.#number.textContent = all
      ? this.#texts.count("count", total)
      : this.#texts.count("found", number, { total });
    this.#told.textContent = this.#sentence(this.#state);
    const chosen = countChosen(this.#state);
    this.#panel.label(
      chosen ? this.#texts.say("filterChosen", { value: chosen }) : this.#texts.say("filter"),
      this.#texts.count("showFound", number),
      this.#number.textContent,
    );
  }

  /**
   * Say what is chosen: "a or b, and c"; of one facet, one is enough.
   * @param {State} state
   */
  #sentence({ chosen, query }) {
    const groups = [...chosen].map(([facet, terms]) =>
      [...terms].map((term) =>
        this.#texts.say("quoted", { what: this.#facets.label(facet, term) }),
      ),
    );
    const parts = groups.map((terms) => this.#texts.either(terms));
    if (query) parts.push(this.#texts.say("narrowedWords", { words: query }));
    const before = parts.slice(0, -1);
    const last = parts.at(-1);
    if (!last) return "";
    // A comma before "and" keeps "a or b" together.
    const isPlain = !before.length || groups.every((terms) => terms.length === 1);
    const what = isPlain
      ? this.#texts.list(parts)
      : this.#texts.say("eitherAnd", { list: before.join(", "), last });
    return this.#texts.say("narrowed", { what });
  }

  /** Until the cards that the address asks for are here, show none rather than others. */
  #wait() {
    this.#root.classList.add("waiting");
    this.#number.textContent = this.#texts.say("waiting");
  }

  #ready() {
    if (this.#root.classList.contains("waiting") && !this.#cases) {
      this.#number.textContent = this.#texts.count("count", Number(this.#root.dataset.total));
    }
    this.#root.classList.remove("waiting");
  }
}

/** @param {string} text @param {string} language of the page, whatever that of the browser is */
const capital = (text, language) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

const found = document.querySelector(".catalogue");
if (found) void new Catalogue(found).start();
