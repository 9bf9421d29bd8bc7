/**
 * Search of the site: Pagefind's index with our own layer for words in front of it.
 *
 * Nothing here throws to its caller: what goes wrong becomes `status: "failed"`.
 */

import { present } from "./excerpt.js";
import { understand } from "./query.js";
import { FIELDS, mix, rank } from "./ranking.js";
import { fetchJson, openWords } from "./words.js";

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
 * @property {{type?: string, place?: string, lead?: string}} meta Words for readers.
 * @property {{type?: string[]}} filters What kind of page it is, by the names of `search.kinds`.
 * @property {SubResult[]} sub_results
 *
 * @typedef {object} Result
 * @property {string} id The page in the index; `search/cases.<language>.json` lists those of cases.
 * @property {number} score
 * @property {() => Promise<ResultData | null>} data Fetches what is shown; null when that fails.
 *
 * @typedef {object} Outcome
 * @property {"ok" | "empty" | "failed"} status "empty": nothing found, or nothing asked.
 * @property {string} query What was searched, after correction.
 * @property {string | null} corrected The corrected query, null when nothing was corrected.
 * @property {string} original What was asked.
 * @property {boolean} softened Some results lack some of the words.
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
  let engine = null;
  let vocabulary = null;
  let types = null;
  let attempts = 0;

  /** Loads the engine when first needed, and again after a failure. */
  function load() {
    engine ??= loadEngine(site, attempts++);
    return engine;
  }

  function loadWords() {
    vocabulary ??= openWords(new URL(`search/words/${language}/`, site));
    return vocabulary;
  }

  /** Tells the type of a page by its id. */
  function loadTypes() {
    types ??= fetchJson(new URL(`search/types.${language}.json`, site)).then(({ rest, ids }) => {
      const listed = Object.entries(ids).flatMap(([type, pages]) => pages.map((id) => [id, type]));
      const types = new Map(listed);
      return (id) => types.get(id) ?? rest;
    });
    return types;
  }

  function unload() {
    engine?.then((instance) => instance.destroy()).catch(() => {});
    engine = vocabulary = types = null;
  }

  /**
   * Searches.
   *
   * @param {string} text
   * @param {{filters?: Record<string, string[]>, exact?: boolean, signal?: AbortSignal}} [options]
   *   filters: `{type: ["case"]}` finds pages of that type only; exact: search for the words as they
   *   are written, correct nothing.
   * @returns {Promise<Outcome>}
   */
  async function search(text, { filters, exact = false, signal } = {}) {
    const original = String(text ?? "").slice(0, LONGEST).trim();
    const outcome = {
      status: "empty",
      query: original,
      corrected: null,
      original,
      softened: false,
      results: [],
      total: 0,
    };
    if (!original) return outcome;
    try {
      const [instance, words, typeOf] = await Promise.all([load(), loadWords(), loadTypes()]);
      const { found, softened, corrected } = await answer(instance, original, words, exact);
      if (signal?.aborted) return outcome;
      const wanted = filters?.type ?? [];
      const kept = wanted.length
        ? found.filter(({ id }) => wanted.includes(typeOf(id)))
        : mix(found, typeOf);
      const results = kept.map((entry) => toResult(entry, typeOf(entry.id), unload));
      // Pagefind takes a part of the index that does not come for an empty one.
      if (!found.length && !(await isReachable(site))) throw new Error("the index is gone");
      return {
        ...outcome,
        status: results.length ? "ok" : "empty",
        query: corrected ?? original,
        corrected,
        softened,
        results,
        total: results.length,
      };
    } catch {
      unload();
      return { ...outcome, status: "failed" };
    }
  }

  return { language, search, preload: () => load().then(() => true, () => false) };
}

/** How the index weighs the text: long pages may say as much of a thing as short ones. */
const TEXT = { pageLength: 0.2, termSaturation: 2 };
/** The index ranks by the text alone; what fields are worth is decided in `rank`. */
const NOTHING = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, 0]));

/**
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

/** Whether the index can be fetched just now. @param {URL} site */
async function isReachable(site) {
  const answer = await fetch(new URL("pagefind/pagefind-entry.json", site), { cache: "no-store" });
  return answer.ok;
}

/** The pages that answer what is asked. */
async function answer(instance, asked, words, exact) {
  // Words in quotation marks are searched as they stand, by the engine itself.
  if (/^".+"$/.test(asked)) {
    const { results } = await instance.search(asked);
    const found = results.map((result) => ({
      id: result.id,
      score: result.score,
      places: new Set(result.words),
      fetch: () => result.data(),
    }));
    return { found, softened: false, corrected: null };
  }
  const { units, corrected } = await understand(asked, words, exact);
  const ranked = units.length
    ? await rank(instance, units, words.pages)
    : { found: [], softened: false };
  return { ...ranked, corrected };
}

/**
 * @param {object} entry a page that was found
 * @param {string} type what kind of page it is
 * @param {() => void} unload Pagefind remembers what could not be fetched; a new one tries again.
 * @returns {Result}
 */
function toResult({ id, score, places, fetch }, type, unload) {
  return {
    id,
    score,
    data: async () => {
      try {
        const page = await fetch();
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
        unload();
        return null;
      }
    },
  };
}
