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
import { Cases, REASONS } from "./selection.js";
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

/** How long someone pauses who has finished a word. */
const TYPING_PAUSE = 250;
/** More at once is no list that one reads; it would fetch a great many files. */
const MAX_PAGES = 10;
/** Of an address that holds nonsense, this much is told. */
const TOLD_AT_MOST = 5;
const TOLD_LENGTH = 40;

class Catalogue {
  /** @param {HTMLElement} root */
  constructor(root) {
    const language = root.dataset.language;
    this._root = root;
    this._list = root.querySelector(".cards");
    this._count = root.querySelector(".count");
    this._more = root.querySelector(".show-more");
    this._limit = root.querySelector(".limit-reached");
    this._none = root.querySelector(".no-results");
    this._words = root.querySelector(".search-within");
    this._sort = root.querySelector(".sort select");
    this._perPage = Number(root.dataset.perPage);
    this._texts = new Texts(root.querySelector(".catalogue-texts"), language);
    this._facets = new FacetLists(root, this._texts);
    this._notices = new Notices(root.querySelector(".notices"), this._count);
    this._chips = new Chips(
      root.querySelector(".chips"),
      this._texts,
      () => this._change({ ...noState(), profile: this._state.profile, sort: this._state.sort }),
      this._count,
    );
    this._like = new LikeUs(root.querySelector(".like-us"), (profile, kept) => {
      if (kept) this._notices.clear("storage");
      else this._notices.show("storage", this._texts.say("notKept"));
      this._change({ ...this._copy(), profile, sort: "" });
    });
    this._panel = new Panel(
      root.querySelector(".filters"),
      root.querySelector(".panel-open"),
      root.querySelector("dialog"),
    );
    const front = new URL(root.dataset.root, document.baseURI);
    const data = new URL(root.dataset.data, document.baseURI);
    this._maker = new CardMaker(root, root.dataset.root, this._facets.hrefs);
    this._data = new Data(data, language, root.dataset.version);
    this._search = new WordSearch(front, language, root.dataset.version);
    this._known = {
      facets: this._facets.known,
      sorts: [...this._sort.options].map((option) => option.value),
      profile: this._like.known,
      maxPages: MAX_PAGES,
    };
    this._state = noState();
    this._turn = 0;
    /** Number of a case -> its card, once it is drawn. */
    this._drawn = new Map();
  }

  /** Begin: read the address, fetch the index, and show what the address asks for. */
  async start() {
    this._readAddress();
    this._remember();
    if (!isDefault(this._state)) this._wait();
    this._listen();
    await this._load();
  }

  /** Fetch the index and show what is chosen; without it the page stays as it was served. */
  async _load() {
    let index;
    try {
      index = await this._data.index();
    } catch {
      this._ready();
      this._notices.show("data", this._texts.say("noIndex"), {
        label: this._texts.say("retry"),
        run: () => this._load(),
      });
      return;
    }
    this._notices.clear("data");
    this._cases = new Cases(index);
    const served = [...this._list.children];
    served.forEach((card, place) => this._drawn.set(index.title[place], card));
    this._facets.makeBoxes((facet, term, on) => {
      const state = this._copy();
      choose(state, facet, term, on);
      this._change(state);
    });
    this._root.classList.add("interactive");
    await this._show();
    scrollTo({ top: history.state?.top ?? scrollY, behavior: "instant" });
  }

  _listen() {
    addEventListener("popstate", () => {
      this._readAddress();
      this._show();
    });
    // Where the reader was, for when they come back from a case: the cards come after the page.
    addEventListener("pagehide", () => {
      history.replaceState({ ...history.state, top: scrollY }, "");
    });
    this._words.addEventListener("submit", (event) => {
      event.preventDefault();
      this._type();
    });
    this._words.elements.q.addEventListener("input", () => {
      clearTimeout(this._typing);
      this._typing = setTimeout(() => this._type(), TYPING_PAUSE);
    });
    this._sort.addEventListener("change", () => {
      this._change({ ...this._copy(), sort: this._sort.value });
    });
    this._more.addEventListener("click", () => this._showMore());
    for (const button of this._root.querySelectorAll(".clear-all")) {
      button.addEventListener("click", () => {
        this._change({ ...noState(), profile: this._state.profile, sort: this._state.sort });
      });
    }
  }

  /**
   * Take the remembered place where the address names none, and let the address say so.  Only when
   * the page is opened: who goes back to before a place was told, goes back to no place.
   */
  _remember() {
    if (!isEmpty(this._state.profile)) return;
    this._state.profile = this._like.remembered(this._known);
    if (isEmpty(this._state.profile)) return;
    history.replaceState(history.state, "", this._address() + location.hash);
  }

  /** Take the state from the address. */
  _readAddress() {
    const { state, unknown } = readAddress(location.search, this._known);
    this._state = state;
    this._words.elements.q.value = state.query;
    if (!unknown.length) {
      this._notices.clear("address");
      return;
    }
    const told = unknown
      .slice(0, TOLD_AT_MOST)
      .map((name) => this._texts.say("quoted", { what: name.slice(0, TOLD_LENGTH) }));
    this._notices.show(
      "address",
      this._texts.say("unknownInAddress", { what: this._texts.list(told) }),
    );
  }

  /** Return the state as something to change: shown from its first page again. */
  _copy() {
    const chosen = new Map([...this._state.chosen].map(([id, terms]) => [id, new Set(terms)]));
    return { ...this._state, chosen, pages: 1 };
  }

  /** Take a new state: into the address, as a step that one can go back, and onto the page. */
  _change(state) {
    clearTimeout(this._typing);
    this._state = state;
    this._words.elements.q.value = state.query;
    this._notices.clear("address");
    history.pushState(null, "", this._address());
    this._show();
  }

  /** Take the words typed so far; a word is one step of the history however many letters it has. */
  _type() {
    clearTimeout(this._typing);
    const query = this._words.elements.q.value.trim();
    if (query === this._state.query) return;
    const begins = !this._state.query;
    this._state = { ...this._copy(), query, exact: false };
    if (begins) history.pushState(null, "", this._address());
    else history.replaceState(null, "", this._address());
    this._show();
  }

  async _showMore() {
    this._state.pages++;
    history.replaceState(history.state, "", this._address());
    const before = this._list.children.length;
    await this._show();
    this._list.children[before]?.querySelector("a").focus();
  }

  _address() {
    return `${location.pathname}${writeAddress(this._state, this._known)}`;
  }

  /** Show the state.  A later state overtakes an earlier one that still waits for its cards. */
  async _show() {
    if (!this._cases) return; // when the index comes, what is chosen then is shown
    const turn = ++this._turn;
    repeatInLanguages(writeAddress(this._state, this._known));
    const hits = await this._hits();
    if (turn !== this._turn) return;
    const { numbers, sort, counts } = this._cases.select(this._state, hits);
    this._facets.update(this._state.chosen, counts);
    this._chips.update(this._chipsOf(this._state));
    this._like.show(this._state.profile);
    this._showSort(sort, Boolean(hits));
    this._showCount(numbers.length);
    const shown = numbers.slice(0, this._state.pages * this._perPage);
    await this._draw(shown, turn);
    if (turn !== this._turn) return;
    const rest = numbers.length - shown.length;
    const atLimit = this._state.pages >= MAX_PAGES;
    this._more.hidden = rest === 0 || atLimit;
    this._more.textContent = this._texts.count("more", Math.min(rest, this._perPage));
    this._limit.hidden = rest === 0 || !atLimit;
    this._none.hidden = numbers.length > 0;
    this._ready();
  }

  /** Return the cases that hold the words searched for, best first; null without words. */
  async _hits() {
    const { query, exact } = this._state;
    const isAwaited = () => this._state.query === query && this._state.exact === exact;
    if (!query) {
      this._notices.clear("search");
      this._tellOfWords("", false, {});
      return null;
    }
    try {
      const found = await this._search.find(query, exact);
      if (isAwaited()) {
        this._notices.clear("search");
        this._tellOfWords(query, exact, found);
      }
      return found.hits;
    } catch {
      if (!isAwaited()) return null; // nobody waits for these words any more
      this._tellOfWords("", false, {});
      this._notices.show("search", this._texts.say("noSearch", { words: query }), {
        label: this._texts.say("retry"),
        run: () => this._show(),
      });
      return null;
    }
  }

  /** Tell how words were understood: mended, taken as they are written, or not all of them found. */
  _tellOfWords(query, exact, { hits, corrected, softened }) {
    const again = (how) => () => this._change({ ...this._copy(), query, exact: how });
    if (corrected) {
      this._notices.show("corrected", this._texts.say("corrected", { words: corrected }), {
        label: this._texts.say("asWritten", { words: query }),
        run: again(true),
      });
    } else this._notices.clear("corrected");
    if (exact) {
      this._notices.show("exact", this._texts.say("exact", { words: query }), {
        label: this._texts.say("asUsual"),
        run: again(false),
      });
    } else this._notices.clear("exact");
    if (softened && hits.length) this._notices.show("softened", this._texts.say("softened"));
    else this._notices.clear("softened");
  }

  /** Put the cards of some cases on the page; those that cannot be fetched are told of. */
  async _draw(numbers, turn) {
    const missing = numbers.filter((number) => !this._drawn.has(number));
    if (missing.length) {
      this._list.ariaBusy = "true";
      const cards = await this._data.cards(missing);
      cards.forEach((card, place) => {
        if (card) this._drawn.set(missing[place], this._maker.make(card));
      });
    }
    if (turn !== this._turn) return;
    this._list.ariaBusy = null;
    const here = numbers.filter((number) => this._drawn.has(number));
    const likeness = this._cases.likeness(this._state.profile);
    if (isEmpty(this._state.profile) || likeness.some(Boolean)) this._notices.clear("like");
    else this._notices.show("like", this._texts.say("nothingAlike"));
    const cards = here.map((number) => {
      const card = this._drawn.get(number);
      this._maker.explain(card, this._reasons(likeness[number]));
      return card;
    });
    this._put(cards);
    const lost = numbers.length - here.length;
    if (!lost) {
      this._notices.clear("cards");
      return;
    }
    this._notices.show("cards", this._texts.count("noCards", lost), {
      label: this._texts.say("retry"),
      run: () => this._show(),
    });
  }

  /** Make the list hold these cards; one that stays where it is keeps its focus. */
  _put(cards) {
    cards.forEach((card, place) => {
      const there = this._list.children[place];
      if (there !== card) this._list.insertBefore(card, there ?? null);
    });
    while (this._list.children.length > cards.length) this._list.lastElementChild.remove();
  }

  /** Say what a case has in common with the reader's place. @param {number} bits see REASONS */
  _reasons(bits) {
    const same = REASONS.filter((_, bit) => bits & (1 << bit));
    // Who is in the same municipality is in the same county, and as large.
    const telling = same.includes("municipality")
      ? same.filter((reason) => reason !== "county" && reason !== "size")
      : same;
    const { language } = this._root.dataset;
    const texts = telling.map((reason) => this._texts.say(`same${capital(reason, language)}`));
    return texts.map((text, place) => (place ? text : capital(text, language))).join(", ");
  }

  _chipsOf({ chosen, query }) {
    const chips = [];
    if (query) {
      chips.push({
        text: this._texts.say("chip", { facet: this._texts.say("words"), term: query }),
        remove: () => this._change({ ...this._copy(), query: "", exact: false }),
      });
    }
    for (const [facet, terms] of chosen) {
      for (const term of terms) {
        chips.push({
          text: this._texts.say("chip", {
            facet: this._facets.name(facet),
            term: this._facets.label(facet, term),
          }),
          remove: () => {
            const state = this._copy();
            choose(state, facet, term, false);
            this._change(state);
          },
        });
      }
    }
    return chips;
  }

  /** Offer the orders that make sense, and show the one in force. */
  _showSort(sort, hasHits) {
    const possible = { relevance: hasHits, like: Object.values(this._state.profile).some(Boolean) };
    for (const option of this._sort.options) {
      option.hidden = option.disabled = possible[option.value] === false;
    }
    this._sort.value = sort;
  }

  _showCount(number) {
    const total = this._cases.total;
    const all = number === total && !countChosen(this._state) && !this._state.query;
    this._count.textContent = all
      ? this._texts.count("count", total)
      : this._texts.count("found", number, { total });
    const chosen = countChosen(this._state);
    this._panel.label(
      chosen ? this._texts.say("filterChosen", { value: chosen }) : this._texts.say("filter"),
      this._texts.count("showFound", number),
      this._count.textContent,
    );
  }

  /** Until the cards that the address asks for are here, show none rather than others. */
  _wait() {
    this._root.classList.add("waiting");
    this._count.textContent = this._texts.say("waiting");
  }

  _ready() {
    if (this._root.classList.contains("waiting") && !this._cases) {
      this._count.textContent = this._texts.count("count", Number(this._root.dataset.total));
    }
    this._root.classList.remove("waiting");
  }
}

/** @param {string} text @param {string} language of the page, whatever that of the browser is */
const capital = (text, language) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

const root = document.querySelector(".catalogue");
if (root) new Catalogue(root).start();
