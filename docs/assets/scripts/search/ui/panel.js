/**
 * Search in one place: the form and the messages that stand in the page, and between them
 * Pagefind's summary and results.
 *
 * The panel shows one outcome at a time: nothing asked yet, results, none, or a failure.
 */
import { openSearch } from "../engine.js";
import { makeInstance, mount } from "./component.js";
import { renderPlace } from "./place.js";
import { renderResult } from "./result.js";
import { fill } from "./texts.js";
import { dataOf, find } from "../../shared/elements.js";

const SITE = new URL("../../../../", import.meta.url).href;
/** How long (ms) one rests between two letters before the words are searched for. */
const PAUSE = 180;
/** Words longer than this are no search; the field takes no more either. */
const LONGEST = 200;

export class Panel extends EventTarget {
  #root;
  #form;
  #field;
  /** @type {Record<string, string>} */
  #texts;
  /** The site's search; nothing of its index is fetched before the first letter. */
  #engine = openSearch({ base: SITE, language: document.documentElement.lang });
  /** @type {ComponentInstance | null} */
  #instance = null;
  /** @type {Promise<void> | null} */
  #starting = null;
  #timer = 0;
  /** Whether the words are searched for as they are written, without correcting them. */
  #exact = false;
  /** @type {SearchOutcome | null} */
  #found = null;
  #latest = 0;
  /** How often the search has failed since it last answered. */
  #failures = 0;
  /** Whether it was asked once more because a result was gone. */
  #isAgain = false;

  /**
   * @param {HTMLElement} root the dialog, or the part of the search page
   */
  constructor(root) {
    super();
    this.#root = root;
    this.#form = find(root, "form");
    this.#field = find(root, "[name='q']", HTMLInputElement);
    this.#texts = JSON.parse(dataOf(root, "texts"));
    this.#listen();
    this.#show();
  }

  /** The kinds of pages to choose from, all of them first. */
  get #types() {
    return [...this.#form.querySelectorAll("input[name='type']")];
  }

  /** What is being searched for. */
  get term() {
    return this.#field.value.trim().slice(0, LONGEST);
  }

  /** The kind of pages wanted; empty for all. */
  get type() {
    return this.#types.find((radio) => radio.checked)?.value ?? "";
  }

  /**
   * Put words into the field and choose a kind of pages.
   *
   * @param {string} term
   * @param {string} type
   */
  set(term, type) {
    this.#field.value = term.slice(0, LONGEST);
    const [all, ...others] = this.#types;
    const chosen = others.find((radio) => radio.value === type) ?? all;
    if (chosen) chosen.checked = true;
  }

  /** Fetch the components while one begins to write; search for what is written already. */
  wake() {
    if (this.term) void this.ask();
    else this.#start().catch(() => this.#fail());
  }

  #start() {
    this.#starting ??= this.#begin().catch((error) => {
      this.#starting = null;
      throw error;
    });
    return this.#starting;
  }

  /**
   * Search for what stands in the field.
   *
   * @param {{ exact?: boolean, again?: boolean }} how exact: as it is written, without correcting
   *   it; again: a result of the same search was gone
   */
  async ask({ exact = false, again = false } = {}) {
    clearTimeout(this.#timer);
    this.#exact = exact;
    this.#isAgain = again;
    const mine = ++this.#latest;
    this.dispatchEvent(new Event("ask"));
    this.#repeat();
    if (!this.term) {
      this.#instance?.triggerSearchWithFilters("", {});
      this.#show("start");
      return;
    }
    try {
      await this.#start();
    } catch {
      if (mine === this.#latest) this.#fail();
      return;
    }
    if (mine !== this.#latest) return;
    this.#show("found");
    this.#instance?.triggerSearchWithFilters(this.term, this.type ? { type: [this.type] } : {});
  }

  #listen() {
    this.#field.addEventListener("input", () => {
      // The index is on its way while the first word is written; failures are told by the search.
      void this.#engine.then((engine) => engine.preload());
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.ask(), this.term ? PAUSE : 0);
    });
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && this.#instance?.focusNextResults(this.#field)) {
        event.preventDefault();
      }
    });
    for (const radio of this.#types) {
      radio.addEventListener("change", () => this.ask({ exact: this.#exact }));
    }
    // "Everything" is no kind; the address does without it.
    this.#form.addEventListener("formdata", ({ formData }) => {
      if (!formData.get("type")) formData.delete("type");
    });
    find(this.#part("corrected"), "a").addEventListener("click", (event) => {
      event.preventDefault();
      this.#field.focus();
      void this.ask({ exact: true });
    });
    find(this.#part("written"), "a").addEventListener("click", (event) => {
      event.preventDefault();
      this.#field.focus();
      void this.ask();
    });
    find(this.#part("widen"), "button").addEventListener("click", () => {
      this.set(this.term, "");
      this.#field.focus();
      void this.ask();
    });
    find(this.#part("failed"), "button").addEventListener("click", () => {
      this.#field.focus();
      void this.ask({ exact: this.#exact });
    });
  }

  async #begin() {
    const instance =
      this.#instance ??
      (await makeInstance({
        ask: (term, { filters }) => this.#search(term, filters),
        say: (key, values) => this.#say(key, values),
      }));
    if (!this.#instance) {
      this.#instance = instance;
      // What the components take for their own field.
      Object.assign(this.#form, { inputEl: this.#field, focus: () => this.#field.focus() });
      instance.registerInput(this.#form, { keyboardNavigation: true });
      instance.on("loading", () => this.#keepFocus());
      instance.on("results", (found) => this.#answer(found));
      instance.on("error", () => this.#fail());
      mount(this.#part("found"), {
        limit: dataOf(this.#root, "results"),
        render: (result) => this.#render(result),
      });
    }
    await instance.triggerLoad();
  }

  /**
   * Ask the site's search; of a failure the components hear nothing, it is told here.
   * @param {string} term @param {Record<string, string[]>} [filters]
   */
  async #search(term, filters) {
    const mine = this.#latest;
    const engine = await this.#engine;
    const found = await engine.search(term, { filters, exact: this.#exact });
    if (found.status === "failed") {
      if (mine === this.#latest) this.#fail();
      return null;
    }
    const results = found.results.map((result) => ({ ...result, data: () => this.#data(result) }));
    return { ...found, results };
  }

  /**
   * What a result says, fetched when it comes into view.
   * @param {import("../engine.js").Result} result
   */
  async #data(result) {
    const mine = this.#latest;
    const data = await result.data();
    if (data) return data;
    // The site was published anew since the search: the next one has what is there now.
    if (mine === this.#latest) {
      if (this.#isAgain) this.#fail();
      else void this.ask({ exact: this.#exact, again: true });
    }
    throw new Error("a result could not be fetched");
  }

  /** @param {SearchOutcome} found */
  #answer(found) {
    this.#found = found;
    this.#failures = 0;
    if (!this.term) return;
    const none = found.results.length === 0;
    this.#show(none ? "none" : "found");
    this.#part("widen").hidden = !this.type;
    this.#tellPlaces();
    const corrected = this.#part("corrected");
    const { corrected: term, original } = found;
    corrected.hidden = !term;
    if (term) {
      const link = find(corrected, "a");
      find(corrected, "span").textContent = fill(this.#texts.corrected, { term });
      link.textContent = fill(this.#texts.instead, { term: original });
      link.search = `?${this.asked({ term: original, exact: true })}`;
    }
    const written = this.#part("written");
    written.hidden = !this.#exact;
    find(written, "a").search = `?${this.asked({ exact: false })}`;
    const without = this.#part("without");
    without.hidden = none || !found.without.length;
    const key = found.without.length > 1 ? "without_words" : "without_word";
    without.textContent = fill(this.#texts[key], { words: found.without.join(" ") });
    this.#part("softened").hidden = none || !found.softened || !without.hidden;
  }

  /** Results that make room for others would take the focus with them. */
  #keepFocus() {
    if (this.#part("found").contains(document.activeElement)) this.#field.focus();
  }

  /** Tell of the places that are searched for; what the links say is fetched. */
  #tellPlaces() {
    const part = this.#part("places");
    const { catalogue = "" } = part.dataset;
    const shown = this.#found?.places ?? [];
    part.replaceChildren(...shown.map((place) => renderPlace(place, this.#texts, catalogue)));
  }

  /** @param {FoundResult} result */
  #render(result) {
    // The headings of cases are the same on all of them and tell nothing here.
    const isCase = result.filters.type?.includes("case");
    const parts = isCase ? [] : (this.#instance?.getDisplaySubResults(result, 3) ?? []);
    return renderResult(result, parts, this.#found?.corrected || this.term);
  }

  /**
   * The words of components, in the page's language; numbers are of all results.
   * @param {string} key @param {{SEARCH_TERM?: string}} [values]
   */
  #say(key, { SEARCH_TERM: asked = "" } = {}) {
    const count = this.#instance?.searchResult.results.length ?? 0;
    const shown = Number(this.#root.dataset.results);
    const term = this.#instance?.searchResult.corrected || asked;
    const name = key === "many_results" && count > shown ? "first_results" : key;
    const number = (/** @type {number} */ value) =>
      value.toLocaleString(document.documentElement.lang);
    return fill(this.#texts[name] ?? "", { count: number(count), shown: number(shown), term });
  }

  /** Let the links to search pages, in other languages too, repeat what is searched for here. */
  #repeat() {
    for (const link of this.#part("elsewhere").querySelectorAll("a")) {
      link.search = `?${this.asked()}`;
    }
  }

  /** What is searched for, as it stands in the address of a search page. @returns {URLSearchParams} */
  asked({ term = this.term, exact = this.#exact } = {}) {
    const asked = { q: term, type: this.type, exact: exact ? "1" : "" };
    return new URLSearchParams(Object.entries(asked).filter(([, text]) => text));
  }

  #fail() {
    if (!this.#part("failed").hidden) return; // several results may fail together
    this.#failures += 1;
    // Scripts of a page that was opened long ago may not fit the site that is there now.
    this.#part("renewed").hidden = this.#failures < 2;
    this.#show("failed");
    this.#instance?.announceRaw(this.#texts.error_search);
  }

  /** Show one outcome. @param {"start" | "found" | "none" | "failed"} outcome */
  #show(outcome = "start") {
    delete document.documentElement.dataset.asked; // what is shown is told by `hidden` from here on
    this.#part("start").hidden = outcome === "found";
    this.#part("missing").hidden = outcome !== "none";
    this.#part("none").hidden = outcome !== "none";
    this.#part("failed").hidden = outcome !== "failed";
    const answered = outcome === "found" || outcome === "none";
    this.#part("found").hidden = !answered;
    this.#part("elsewhere").hidden = !answered;
    if (!answered) {
      this.#part("corrected").hidden = true;
      this.#part("written").hidden = true;
      this.#part("places").replaceChildren();
      this.#part("without").hidden = true;
      this.#part("softened").hidden = true;
    }
  }

  /** @param {string} name */
  #part(name) {
    // A page that is older than this script may lack a part.
    const part = this.#root.querySelector(`.search-${name}`);
    return part ?? document.createElement("div");
  }
}
