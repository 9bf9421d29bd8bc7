/**
 * Stands where Pagefind's user interface expects Pagefind: the same functions, with our layer for
 * words in front.  Point the interface's bundle path at this folder.
 */
import { openSearch } from "./engine.js";

const SITE = new URL("../../../", import.meta.url).href;
/** Milliseconds of rest after the last letter before a search begins. */
const REST = 150;

/**
 * An instance as Pagefind makes them.  Options of the index change nothing here.
 *
 * @param {{ask?: (term: string, options: object) => Promise<object | null>}} [options] ask: searches
 *   in place of the site's search, for an interface that has more to say about its questions.
 */
export function createInstance({ ask } = {}) {
  const opened = openSearch({ base: SITE, language: document.documentElement.lang });
  let latest = 0;

  async function search(term, options) {
    if (ask) return ask(term, options);
    const { status, results, total, ...words } = await (await opened).search(term, options);
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
    search,
    init: async () => void (await opened).preload(),
    options: async () => {},
    destroy: async () => {},
    mergeIndex: async () => {},
    filters: async () => ({}),
    preload: async () => void (await opened).preload(),
    debouncedSearch: async (term, options, rest = REST) => {
      const own = ++latest;
      await new Promise((resolve) => setTimeout(resolve, rest));
      if (own !== latest) return null;
      const found = await search(term, options);
      return own === latest ? found : null;
    },
  };
}

/** What a result shows; the interface cannot do without, so a failed one shows no text. */
async function fetched(result) {
  const found = await result.data();
  return found ?? { url: SITE, excerpt: "", meta: { title: "…" }, sub_results: [] };
}

let shared = null;
const instance = () => (shared ??= createInstance());

export const init = () => instance().init();
export const options = (...values) => instance().options(...values);
export const search = (...values) => instance().search(...values);
export const debouncedSearch = (...values) => instance().debouncedSearch(...values);
export const preload = (...values) => instance().preload(...values);
export const filters = () => instance().filters();
export const mergeIndex = (...values) => instance().mergeIndex(...values);
export async function destroy() {
  shared = null;
}
