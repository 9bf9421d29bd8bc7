/**
 * Search of the site: Pagefind's index with our own layer for words in front of it.
 *
 * Nothing here throws to its caller: what goes wrong becomes `status: "failed"`.
 */

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
 * How much a word counts where it stands, beside the text itself.
 * @type {Record<string, number>}
 */
const FIELDS = { title: 5, type: 0, lead: 1, place: 1 };

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
  let attempts = 0;

  /** Loads the engine when first needed, and again after a failure. */
  function load() {
    engine ??= loadEngine(site, attempts++);
    return engine;
  }

  function unload() {
    engine?.then((instance) => instance.destroy()).catch(() => {});
    engine = null;
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
  async function search(text, { filters, signal } = {}) {
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
      const found = await (await load()).search(original, { filters });
      if (signal?.aborted) return outcome;
      const results = found.results.map((result) => toResult(result));
      return { ...outcome, status: results.length ? "ok" : "empty", results, total: results.length };
    } catch {
      unload();
      return { ...outcome, status: "failed" };
    }
  }

  return { language, search, preload: () => load().then(() => true, () => false) };
}

/**
 * @param {URL} site
 * @param {number} attempt Browsers remember that a module could not be loaded under its address.
 */
async function loadEngine(site, attempt) {
  const address = new URL("pagefind/pagefind.js", site);
  if (attempt) address.search = `attempt=${attempt}`;
  const { createInstance } = await import(address.href);
  const instance = createInstance({ ranking: { metaWeights: FIELDS } });
  await instance.init();
  return instance;
}

/** @returns {Result} */
function toResult({ id, score, data }) {
  return {
    id,
    score,
    data: async () => {
      try {
        const found = await data();
        return found && { ...found, title: found.meta.title };
      } catch {
        return null;
      }
    },
  };
}
