/**
 * Stands where Pagefind's user interface expects Pagefind: the same functions, with our layer for
 * words in front.  Point the interface's bundle path at this folder.
 */
import { openSearch } from "./engine.js";

const SITE = new URL("../../../", import.meta.url).href;
/** Milliseconds of rest after the last letter before a search begins. */
const REST = 150;

/** @typedef {{filters?: Record<string, string[]>}} Options */
/** @typedef {(term: string, options: Options) => Promise<object | null>} Ask */

/**
 * An instance as Pagefind makes them.  Options of the index change nothing here.
 *
 * @param {{ask?: Ask}} [options] ask: searches
 *   in place of the site's search, for an interface that has more to say about its questions.
 */
export function createInstance({ ask } = {}) {
  const opened = openSearch({ base: SITE, language: document.documentElement.lang });
  let latest = 0;

  /** @type {Ask} */
  async function answer(term, wanted) {
    if (ask) return ask(term, wanted);
    const { status, results, total, ...words } = await (await opened).search(term, wanted);
    return {
      ...words,
      status,
      results: results.map((result) => ({ ...result, words: [], data: () => fetched(result) })),
      unfilteredResultCount: total,
      filters: {},
      totalFilters: {},
      timings: {},
    };
  }

  return {
    search: answer,
    init: async () => void (await opened).preload(),
    options: async () => {},
    destroy: async () => {},
    mergeIndex: async () => {},
    filters: async () => ({}),
    preload: async () => void (await opened).preload(),
    debouncedSearch: async (
      /** @type {string} */ term,
      /** @type {Options} */ wanted,
      rest = REST,
    ) => {
      const own = ++latest;
      await new Promise((resolve) => setTimeout(resolve, rest));
      if (own !== latest) return null;
      const found = await answer(term, wanted);
      return own === latest ? found : null;
    },
  };
}

/**
 * What a result shows; the interface cannot do without, so a failed one shows no text.
 * @param {import("./engine.js").Result} result
 */
async function fetched(result) {
  const found = await result.data();
  return found ?? { url: SITE, excerpt: "", meta: { title: "…" }, sub_results: [] };
}

/** @type {Instance | null} */
let shared = null;
const instance = () => (shared ??= createInstance());

/** @typedef {ReturnType<typeof createInstance>} Instance */
export const init = () => instance().init();
export const options = () => instance().options();
/** @type {Instance["search"]} */
export const search = (...values) => instance().search(...values);
/** @type {Instance["debouncedSearch"]} */
export const debouncedSearch = (...values) => instance().debouncedSearch(...values);
export const preload = () => instance().preload();
export const filters = () => instance().filters();
export const mergeIndex = () => instance().mergeIndex();
export async function destroy() {
  shared = null;
}
