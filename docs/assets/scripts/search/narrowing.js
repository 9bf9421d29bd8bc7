/**
 * Results for a query that names places: the cases from there first.  Where there is none from a
 * place, cases from places like it are told, and what else is asked for is searched as usual.
 */
import { readPage } from "./disguise.js";
import { mix } from "./ranking.js";

/**
 * @typedef {import("./ranking.js").Ranked} Ranked
 * @typedef {import("./places.js").Named} Named
 *
 * @typedef {object} FromPlace What is known of a place that a query names.
 * @property {string} label
 * @property {import("./places.js").Place[]} called The places of that name.
 * @property {number} count How many cases are from there.
 * @property {Ranked | null} page Its own page, when it has one.
 * @property {number} first How many of these stand first.
 * @property {Ranked[]} others Some of its cases when none answers the rest of the query; cases from
 *   places like it when there is none at all.
 */

/** Cases that are told as being from a place like the one in a query. */
const ALIKE = 3;
/** Most of them among the results, where nothing but the place is asked for. */
const MOST_ALIKE = 10;
/** Weight of what makes a case worth telling in place of one from a place that has none. */
const WEIGHTS = { county: 4, answers: 2, size: 1 };

/**
 * @param {Pagefind} instance
 * @param {Named[]} named
 * @param {Ranked[]} ranked What answers the rest of the query, or its places where there is no rest.
 * @param {boolean} isAll Whether nothing but places is asked for.
 * @param {import("./words.js").Words} words
 * @param {import("./topics.js").Topic[]} topics
 * @param {(id: string) => string} typeOf
 * @returns {Promise<{ found: Ranked[], places: FromPlace[] }>} The pages in their order.
 */
export async function narrow(instance, named, ranked, isAll, words, topics, typeOf) {
  const pageOf = (/** @type {string} */ id) => topics.find(({ place }) => place === id) ?? null;
  const rank = new Map(ranked.map((one) => [one.id, one]));
  /** @type {Map<string, Ranked>} */
  const first = new Map();
  /** @type {FromPlace[]} */
  const places = [];
  for (const { label, places: called } of named) {
    const all = (/** @type {string[]} */ hidden) => union(instance, hidden);
    const cases = [...(await all(called.map(({ id }) => word(id, words)))).values()];
    const answers = cases.filter((one) => isAll || rank.has(one.id));
    const page = called.map(({ id }) => pageOf(id)).find(Boolean) ?? null;
    const about = { label, called, count: cases.length, page };
    if (cases.length) {
      if (isAll && page) first.set(page.id, page);
      for (const one of answers) first.set(one.id, one);
      const others = answers.length ? [] : cases;
      places.push({ ...about, first: answers.length, others: others.slice(0, ALIKE) });
      continue;
    }
    const counties = called.filter(({ id, county }) => id !== county).map(({ county }) => county);
    const near = await all(counties.map((county) => word(county, words)));
    const sizes = called.flatMap(({ size }) => (size ? [`size${size}`] : []));
    const alike = await all(sizes);
    const like = sorted(
      [...new Map([...alike, ...near]).values()].filter((one) => typeOf(one.id) === "case"),
      (one) =>
        WEIGHTS.county * Number(near.has(one.id)) +
        WEIGHTS.answers * Number(rank.has(one.id)) +
        WEIGHTS.size * Number(alike.has(one.id)),
    );
    places.push({ ...about, first: 0, others: like.slice(0, ALIKE) });
    if (isAll) {
      const around = near.size ? pageOf(counties[0]) : null;
      if (around) first.set(around.id, around);
      for (const one of like.slice(0, MOST_ALIKE)) first.set(one.id, one);
    }
  }
  const known = [...first.values()].map((one) => rank.get(one.id) ?? one);
  const isSome = places.some(({ count }) => count > 0);
  const leading = isAll && !isSome ? known : sorted(known, (one) => weight(one, typeOf));
  const rest = ranked.filter(({ id }) => !first.has(id));
  return { found: [...leading, ...mix(rest, typeOf)], places };
}

/**
 * What a page of a place is worth among the others: its own page comes first.
 * @param {Ranked} one @param {(id: string) => string} typeOf
 */
function weight(one, typeOf) {
  return typeOf(one.id) === "case" ? one.score : Infinity;
}

/** @param {string} id @param {import("./words.js").Words} words */
function word(id, words) {
  return `place${id.replaceAll("-", "")}${words.end}`;
}

/**
 * The pages that have one of some hidden words.
 * @param {Pagefind} instance @param {string[]} hidden @returns {Promise<Map<string, Ranked>>}
 */
async function union(instance, hidden) {
  const lists = await Promise.all(hidden.map((one) => pages(instance, one)));
  return new Map(lists.flatMap((list) => [...list]));
}

/**
 * The pages that have a hidden word.
 * @param {Pagefind} instance @param {string} hidden @returns {Promise<Map<string, Ranked>>}
 */
async function pages(instance, hidden) {
  const { results } = await instance.search(`"${hidden}"`);
  return new Map(
    results.map((result) => {
      const places = new Set();
      return [result.id, { id: result.id, score: 0, places, fetch: () => readPage(result) }];
    }),
  );
}

/** @param {Ranked[]} list @param {(one: Ranked) => number} worth */
function sorted(list, worth) {
  return list.toSorted((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
}
