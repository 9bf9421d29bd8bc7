/**
 * Search of the site: Pagefind's index with our own layer for words in front of it.
 *
 * Nothing here throws to its caller: what goes wrong becomes `status: "failed"`.
 */

import "./trusted.js";
import { present } from "./excerpt.js";
import { narrow } from "./narrowing.js";
import { findPlaces } from "./places.js";
import { understand } from "./query.js";
import { FIELDS, mix, rank } from "./ranking.js";
import { isTopic, loadTopics, withTopics } from "./topics.js";
import { fetchJson, openWords } from "./words.js";
import { findWritten } from "./written.js";

/**
 * @typedef {object} SubResult A heading of a page below which the words stand.
 * @property {string} url
 * @property {string} title
 * @property {string} excerpt HTML in which only `<mark>` is markup.
 *
 * @typedef {object} ResultData
 * @property {string} url
 * @property {string} title
 * @property {string} excerpt HTML in which only `<mark>` is markup.
 * @property {{title: string, type?: string, place?: string, lead?: string}} meta Words for readers.
 * @property {{type?: string[]}} filters What kind of page it is, by the names of `search.kinds`.
 * @property {SubResult[]} sub_results
 *
 * @typedef {object} Result
 * @property {string} id The page in the index; `search/cases.*.json` lists those of cases.
 * @property {number} score
 * @property {() => Promise<ResultData | null>} data Fetches what is shown; null when that fails.
 *
 * @typedef {ReturnType<typeof parts> & {users: number}} Loaded What searching needs, and who is using it.
 *
 * @typedef {Omit<import("./narrowing.js").FromPlace, "others" | "page">
 *   & {others: Result[], page: Result | null}} PlaceTold
 *
 * @typedef {object} Outcome
 * @property {"ok" | "empty" | "failed"} status "empty": nothing found, or nothing asked.
 * @property {string} query What was searched, after correction.
 * @property {string | null} corrected The corrected query, null when nothing was corrected.
 * @property {string} original What was asked.
 * @property {boolean} softened Some results lack some of the words.
 * @property {string[]} without Words that were let go: no page is about them and the others.
 * @property {PlaceTold[]} places The places that the query names.
 * @property {Result[]} results The best first.
 * @property {number} total
 */

/** Longest query that is searched; the rest of a longer one is left out. */
const LONGEST = 200;

/**
 * Opens the search of a site.
 *
 * @param {object} options
 * @param {string} options.base Address of the site's front page, also relative to the page.
 * @param {string} options.language Language code of the pages to search.
 */
export async function openSearch({ base, language }) {
  const site = new URL(base, document.baseURI);
  /** What is loaded now; null before the first search and after a failure. @type {Loaded | null} */
  let loaded = null;
  /**
   * What failed and may still be in use by a search or by results on the page.
   * @type {Set<Loaded>}
   */
  const left = new Set();
  let attempts = 0;

  /** Loads what searching needs when first asked, and again after a failure. */
  function load() {
    loaded ??= { ...parts(site, language, attempts++), users: 0 };
    return loaded;
  }

  /**
   * Does something with what is loaded, which stays until it is done.
   * @template R @param {Loaded} one @param {() => Promise<R>} work
   */
  async function using(one, work) {
    one.users += 1;
    try {
      return await work();
    } catch (error) {
      // Pagefind remembers what could not be fetched: the next search gets a new one.
      left.add(one);
      if (loaded === one) loaded = null;
      throw error;
    } finally {
      one.users -= 1;
    }
  }

  /** Ends what failed, once another has answered and nobody uses it. */
  function tidy() {
    for (const one of left) {
      if (one.users) continue;
      left.delete(one);
      one
        .engine()
        .then((instance) => instance.destroy())
        .catch(() => {});
    }
  }

  /**
   * Searches.
   *
   * @param {string} text
   * @param {{filters?: Record<string, string[]>, exact?: boolean, signal?: AbortSignal}} [options]
   *   filters: `{type: ["case"]}` finds pages of that type only; exact: search for the words just as
   *   they are written.
   * @returns {Promise<Outcome>}
   */
  async function search(text, { filters, exact = false, signal } = {}) {
    const original = String(text ?? "")
      .slice(0, LONGEST)
      .trim();
    /** @type {Outcome} */
    const outcome = {
      status: "empty",
      query: original,
      corrected: null,
      original,
      softened: false,
      without: [],
      places: [],
      results: [],
      total: 0,
    };
    if (!original) return outcome;
    /** @param {boolean} renewed @returns {Promise<Outcome>} */
    const asked = (renewed) => {
      const one = load();
      return using(one, () => ask(one, renewed));
    };
    /** @param {Loaded} one @param {boolean} renewed @returns {Promise<Outcome>} */
    const ask = async (one, renewed) => {
      const [instance, words, typeOf, topics] = await Promise.all([
        one.engine(),
        one.words(),
        one.types(),
        one.topics(),
      ]);
      const answered = await answer(instance, original, words, topics, typeOf, exact);
      const { found, softened, without, corrected } = answered;
      if (signal?.aborted) return outcome;
      // Pagefind takes a part of the index that does not come for an empty one. A tab that was open
      // while the site was published anew asks for parts that are there no longer.
      if (!found.length || Date.now() - one.asked > UNASKED) {
        if (!(await isCurrent(site, one)) && !renewed) {
          left.add(one);
          if (loaded === one) loaded = null;
          return asked(true);
        }
      }
      const wanted = filters?.type ?? [];
      const isMixed = wanted.length > 0 || answered.places.length > 0;
      const kept = withTopics(isMixed ? found : mix(found, typeOf), topics, answered.words);
      /** @param {import("./ranking.js").Ranked} entry */
      const shown = (entry) => toResult(entry, typeOf(entry.id), (work) => using(one, work));
      const results = kept
        .filter(({ id }) => !wanted.length || wanted.includes(typeOf(id)))
        .map(shown);
      const places = answered.places.map((place) => ({
        ...place,
        others: place.others.map(shown),
        page: place.page && shown(place.page),
      }));
      tidy();
      return {
        ...outcome,
        status: results.length ? "ok" : "empty",
        query: corrected ?? original,
        corrected,
        softened,
        without,
        places,
        results,
        total: results.length,
      };
    };
    return asked(false).catch(() => ({ ...outcome, status: "failed" }));
  }

  function preload() {
    const one = load();
    return using(one, one.engine).then(
      () => true,
      () => false,
    );
  }

  return { language, search, preload };
}

/** How the index weighs the text: long pages may say as much of a thing as short ones. */
const TEXT = { pageLength: 0.2, termSaturation: 2 };
/** The index ranks by the text alone; what fields are worth is decided in `rank`. */
const NOTHING = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, 0]));

/** How long an index is taken for that of the site without asking again, in milliseconds. */
const UNASKED = 30 * 1000;

/**
 * What searching needs: which index it is, the engine, the words, and what tells types; each
 * fetched once asked. `asked` tells when the site was last asked for its index.
 * @param {URL} site @param {string} language @param {number} attempt
 */
function parts(site, language, attempt) {
  const entry = once(() => fetchEntry(site));
  return {
    asked: Date.now(),
    entry,
    engine: once(async () => {
      const [instance] = await Promise.all([loadEngine(site, attempt), entry()]);
      return instance;
    }),
    words: once(() => openWords(new URL(`search/words/${language}/`, site))),
    topics: once(() => loadTopics(new URL(`search/words/${language}/`, site))),
    types: once(() => loadTypes(site, language)),
  };
}

/** @template R @param {() => Promise<R>} make */
function once(make) {
  /** @type {Promise<R> | null} */
  let made = null;
  return () => (made ??= make());
}

/**
 * Tells the type of a page by its id.
 * @param {URL} site @param {string} language @returns {Promise<(id: string) => string>}
 */
async function loadTypes(site, language) {
  /** @type {{rest: string, ids: Record<string, string[]>}} */
  const { rest, ids } = await fetchJson(new URL(`search/types.${language}.json`, site));
  /** @type {Map<string, string>} */
  const types = new Map();
  for (const [type, pages] of Object.entries(ids)) for (const id of pages) types.set(id, type);
  return (id) => (isTopic(id) ? "topic" : (types.get(id) ?? rest));
}

/**
 * @returns {Promise<Pagefind>}
 * @param {URL} site
 * @param {number} attempt Browsers remember that a module could not be loaded under its address.
 */
async function loadEngine(site, attempt) {
  const address = new URL("pagefind/pagefind.js", site);
  if (attempt) address.search = `attempt=${attempt}`;
  const { createInstance } = await import(address.href);
  const instance = createInstance({ ranking: { ...TEXT, metaWeights: NOTHING } });
  await instance.init();
  return instance;
}

/** What tells an index from another: its entry. Throws when there is none. @param {URL} site */
async function fetchEntry(site) {
  const entry = await fetch(new URL("pagefind/pagefind-entry.json", site), { cache: "no-store" });
  if (!entry.ok) throw new Error("the index is gone");
  return entry.text();
}

/** Whether the site still has the index that was loaded. @param {URL} site @param {Loaded} one */
async function isCurrent(site, one) {
  const now = await fetchEntry(site);
  one.asked = Date.now();
  return now === (await one.entry());
}

/**
 * The pages that answer what is asked.
 * @param {Pagefind} instance @param {string} asked @param {import("./words.js").Words} words
 * @param {import("./topics.js").Topic[]} topics @param {(id: string) => string} typeOf
 * @param {boolean} exact
 */
async function answer(instance, asked, words, topics, typeOf, exact) {
  if (exact || /^".+"$/.test(asked)) {
    const found = await findWritten(instance, asked, words);
    return { found, softened: false, without: [], places: [], words: [], corrected: null };
  }
  const { named, rest } = await findPlaces(words.withSizes(asked), words);
  const isAll = named.length > 0 && !rest;
  const text = isAll ? named.map(({ written }) => written).join(" ") : rest;
  const { units, lacks, corrected } = await understand(text, words, asked);
  const ranked = units.length
    ? await rank(instance, units, words.pages, typeOf)
    : { found: [], softened: false, without: [] };
  const without = isAll ? [] : [...ranked.without, ...lacks];
  const own = isAll ? [] : units.flatMap(({ ways: [first] }) => first);
  const answered = { ...ranked, without, words: own, corrected: isAll ? null : corrected };
  if (!named.length) return { ...answered, places: [] };
  const narrowed = await narrow(instance, named, ranked.found, isAll, words, topics, typeOf);
  return { ...answered, ...narrowed };
}

/**
 * @param {import("./ranking.js").Ranked} entry a page that was found
 * @param {string} type what kind of page it is
 * @param {<R>(work: () => Promise<R>) => Promise<R>} using what the page is fetched by
 * @returns {Result}
 */
function toResult({ id, score, places, fetch }, type, using) {
  return {
    id,
    score,
    data: async () => {
      try {
        const page = await using(fetch);
        if (!page) return null;
        const { title, type: kind, place, note, lead = note } = page.meta;
        return {
          url: page.url,
          title,
          meta: { title, type: kind, place, lead },
          filters: { type: [type] },
          ...present(page, places),
        };
      } catch {
        return null;
      }
    },
  };
}
