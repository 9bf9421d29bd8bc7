/**
 * Which pages answer a query, the best first.
 *
 * The index tells, for one word at a time, on which pages it stands, in which fields, and how
 * strongly in the text.  What that is worth is decided here: the index's own sum of fields grows
 * with the cube of the words that begin alike, so that a page with many of them would always win.
 */

import { readPage } from "./disguise.js";

/**
 * What it is worth that a word stands in a field.  The first two are what the page calls itself; the
 * rest but `headings`, `lead` and `place` are hidden terms (see hooks/casebook/search/terms.py).
 * All figures were chosen so that results stay as good when each is a little off.
 * @type {Record<string, number>}
 */
export const FIELDS = {
  name: 3,
  title: 3.5,
  title_words: 2.1,
  title_synonyms: 2.2,
  topics: 2,
  short_topics: 1.2,
  brief_topics: 0.4,
  headings: 1.4,
  lead: 1.05,
  lead_words: 1.9,
  place: 1.1,
  sizes: 3.5,
  listed_sizes: 0.6,
  names: 0.65,
  heading_words: 1.2,
  often_words: 2,
  words: 0.75,
  often_synonyms: 0.8,
  synonyms: 0.75,
  exact: 0,
  from: 0,
  note: 0,
  type: 0,
};

/** Types that go with what readers come for, and how many of them the first results hold at most. */
const ASIDE = new Set(["overview", "term", "worksheet", "about"]);
const MOST_ASIDE = 2;
/**
 * What a page is worth beside a guide.  Checklists and words of the glossary are about one thing
 * each, cases about few, so a word says more of them; what the site says of itself comes last.
 */
/** @type {Record<string, number>} */
const WORTH_OF_TYPE = {
  case: 1.15,
  overview: 1.15,
  checklist: 1.4,
  term: 1.2,
  worksheet: 0.8,
  about: 0.45,
};

/** Ends the words of the field that has those of the title, in their base form. */
const MARK = "00";

/** Results that must lack a word for it to be told as left out. */
const FIRST = 3;

export const TUNING = {
  /** What the text itself is worth at most. */
  text: 1.7,
  /** What further fields add to the best one, as a share of their worth. */
  further: 0.15,
  /** What a word is worth that only begins like the one that is asked for. */
  beginning: 0.95,
  /** What it adds that a word is one of the title's own, and not only a part of one. */
  exact: 0.55,
  /** Below 1, much of one word makes up less for little of another. */
  balance: 1.15,
  /** What it adds that a page says the same in two ways, as a share. */
  also: 0.85,
  /** What another word is worth that means the same. */
  same: 0.8,
  /** What it adds that all words stand beside each other. */
  phrase: 0.65,
  /** Worth from which on a page has a word, and not only something that comes near. */
  has: 0.4,
  /** Pages with all words that are enough for a reader to choose from. */
  enough: 5,
  /** Share of a query, by its words or by their weight, that other pages must have. */
  least: 0.5,
  /** How much a page loses that lacks a part of the query. */
  lack: 0.85,
  /** Most pages that are shown although they lack some of the words. */
  most: 20,
  /** What all words but one must be worth on two pages, and how much more than all on any. */
  about: 4.2,
  better: 1.9,
  /** What a word counts for that was let go, as a share. */
  gone: 0.2,
};

/**
 * @typedef {object} Ranked
 * @property {string} id
 * @property {number} score
 * @property {Set<number>} places Places of the query's words in the text.
 * @property {() => Promise<IndexedPage>} fetch
 *
 * @typedef {Ranked & Shares} Found A page, and how much of a query it has.
 *
 * @typedef {object} Shares
 * @property {number} share By the weight of its words.
 * @property {number} said By the number of its words: one that hardly any page has weighs so much that
 *   pages with all the others would fall short.
 * @property {number} has How many of them it has, and not only something that comes near.
 *
 * @typedef {object} Worth What words are worth on one page.
 * @property {number} worth
 * @property {number} part Which part of them the page has, up to 1.
 * @property {() => Promise<IndexedPage>} fetch
 * @property {number[]} places Where they stand in the text.
 *
 * @typedef {Map<string, Worth>} Worths by the id of the page
 */

/**
 * @param {Pagefind} instance
 * @param {import("./query.js").Unit[]} units
 * @param {number} pages How many pages there are.
 * @param {(id: string) => string} typeOf
 * @returns {Promise<{found: Ranked[], softened: boolean, without: string[]}>}
 */
export async function rank(instance, units, pages, typeOf) {
  const words = [...new Set(units.flatMap(({ ways }) => ways.flat()))];
  const own = units.flatMap(({ ways }) => ways[0]);
  const [beside, ...each] = await Promise.all([
    phrases(instance, own),
    ...words.map((word) => worths(instance, word)),
  ]);
  const ofWord = new Map(words.map((word, at) => [word, each[at]]));
  const lists = units.map(({ ways }) => best(ways.map((way) => together(way, ofWord))));
  const gone = hindering(lists, units);
  const weights = lists.map(
    (list, at) => Math.log(1 + pages / (wholes(list) + 0.5)) * (gone.has(at) ? TUNING.gone : 1),
  );
  const asked = units.length - gone.size;
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const needed = weights.reduce((sum, weight, at) => (gone.has(at) ? sum : sum + weight), 0);
  /** @type {Map<string, Found>} */
  const found = new Map();
  lists.forEach((list, at) => {
    const weight = weights[at] / whole;
    for (const [id, { worth, part, fetch, places }] of list) {
      const entry = found.get(id) ?? blank(id, fetch);
      if (!gone.has(at)) {
        entry.share += (weights[at] / needed) * part;
        entry.said += part / asked;
        entry.has += part === 1 && worth >= TUNING.has ? 1 : 0;
      }
      entry.score += weight * (units.length > 1 ? worth ** TUNING.balance : worth);
      for (const place of places) entry.places.add(place);
      found.set(id, entry);
    }
  });
  for (const entry of found.values()) {
    entry.score += TUNING.phrase * (beside.get(entry.id) ?? 0);
    entry.score *= entry.share ** TUNING.lack;
  }
  const chosen = choose([...found.values()], asked, typeOf);
  const first = chosen.found.slice(0, FIRST);
  const without = units.filter(
    (_, at) => gone.has(at) && !first.some(({ id }) => worthOf(lists[at].get(id)) >= TUNING.has),
  );
  return { ...chosen, without: without.map(({ written }) => written) };
}

/**
 * The word that only hinders, if any: several pages are about all the others, and none about all.
 * Of two words each may be what is meant, and places of a size are always meant.
 * @param {Worths[]} lists @param {import("./query.js").Unit[]} units
 * @returns {Set<number>}
 */
function hindering(lists, units) {
  const all = lists.map((_, at) => at);
  if (all.length < 3) return new Set();
  const [whole = 0] = bestOf(lists, all);
  const seconds = all.map((one) => {
    const others = all.filter((at) => at !== one);
    return units[one].isSize ? 0 : (bestOf(lists, others)[1] ?? 0);
  });
  const second = Math.max(...seconds);
  const isSome = second >= TUNING.about && second >= TUNING.better * whole;
  return new Set(isSome ? [seconds.indexOf(second)] : []);
}

/**
 * How much pages are about all of some words at once, the most first.
 * @param {Worths[]} lists @param {number[]} asked
 */
function bestOf(lists, asked) {
  const ids = [...lists[asked[0]].keys()];
  const worth = ids.map((id) => Math.min(...asked.map((at) => worthOf(lists[at].get(id)))));
  return worth.sort((a, b) => b - a);
}

/** @param {Worth | undefined} found */
function worthOf(found) {
  return found ? found.worth * found.part : 0;
}

/** On how many pages all words of a list stand; a part of a name says little. @param {Worths} list */
function wholes(list) {
  return [...list.values()].filter(({ part }) => part === 1).length;
}

/** @param {string} id @param {() => Promise<IndexedPage>} fetch @returns {Found} */
function blank(id, fetch) {
  return { id, share: 0, said: 0, has: 0, score: 0, places: new Set(), fetch };
}

/**
 * Where all words stand beside each other, and what that is worth: from 0 to 1.
 * @param {Pagefind} instance @param {string[]} words @returns {Promise<Map<string, number>>}
 */
async function phrases(instance, words) {
  if (words.length < 2) return new Map();
  const { results } = await instance.search(`"${words.join(" ")}"`);
  return new Map(
    results.map(({ id, matchedMetaFields: fields }) => {
      const worth = fields?.length ? Math.max(...fields.map((name) => FIELDS[name] ?? 0)) : 1;
      return [id, Math.min(1, worth)];
    }),
  );
}

/**
 * What several words together are worth on each page: their mean.
 * @param {string[]} way @param {Map<string, Worths>} ofWord @returns {Worths}
 */
function together(way, ofWord) {
  if (way.length === 1) return ofWord.get(way[0]) ?? new Map();
  /** @type {Worths} */
  const list = new Map();
  for (const word of way) {
    for (const [id, { worth, fetch, places }] of ofWord.get(word) ?? []) {
      const entry = list.get(id) ?? { worth: 0, part: 0, fetch, places: [] };
      entry.worth += worth ** TUNING.balance / way.length;
      entry.part += 1 / way.length;
      entry.places = [...entry.places, ...places];
      list.set(id, entry);
    }
  }
  for (const entry of list.values()) {
    entry.worth **= 1 / TUNING.balance;
    if (entry.part > 0.999) entry.part = 1;
  }
  return list;
}

/** What the best of several ways to say a thing is worth on each page. @param {Worths[]} lists */
function best(lists) {
  if (lists.length === 1) return lists[0];
  /** @type {Worths} */
  const all = new Map();
  lists.forEach((list, at) => {
    for (const [id, found] of list) {
      const entry = at ? { ...found, worth: found.worth * TUNING.same } : found;
      const other = all.get(id);
      const better = !other || entry.worth * entry.part > other.worth * other.part;
      const places = [...(other?.places ?? []), ...entry.places];
      const less = Math.min(other?.worth ?? 0, entry.worth);
      const { worth, part, fetch } = better ? entry : other;
      all.set(id, { worth: worth + less * TUNING.also, part, fetch, places });
    }
  });
  return all;
}

/**
 * What a word is worth on each page that has it.
 * @param {Pagefind} instance @param {string} word @returns {Promise<Worths>}
 */
async function worths(instance, word) {
  const [near, exact, title] = await Promise.all([
    instance.search(word),
    instance.search(`"${word}"`),
    instance.search(`"${word}${MARK}"`),
  ]);
  const precise = new Set(exact.results.map(({ id }) => id));
  const titled = new Set(title.results.map(({ id }) => id));
  const strongest = Math.max(...near.results.map(({ score }) => score), 1e-9);
  const list = new Map();
  for (const result of near.results) {
    const fields = (result.matchedMetaFields ?? [])
      .map((name) => FIELDS[name] ?? 0)
      .sort((a, b) => b - a);
    const further = fields.slice(1).reduce((sum, one) => sum + one, 0);
    const worth =
      (fields[0] ?? 0) +
      further * TUNING.further +
      (TUNING.text * result.score) / strongest +
      (titled.has(result.id) ? TUNING.exact : 0);
    list.set(result.id, {
      worth: precise.has(result.id) ? worth : worth * TUNING.beginning,
      part: 1,
      places: result.words,
      // Through the result itself: the index forgets results that nobody holds on to.
      fetch: () => readPage(result),
    });
  }
  return list;
}

/**
 * Mixes the first results, so that words of the glossary or worksheets alone do not fill them.
 *
 * @param {Ranked[]} found The best first.
 * @param {(id: string) => string} typeOf
 */
export function mix(found, typeOf) {
  const weighed = found
    .map((one) => ({ ...one, score: one.score * (WORTH_OF_TYPE[typeOf(one.id)] ?? 1) }))
    .sort(byScore);
  /** @type {Ranked[]} */
  const first = [];
  /** @type {Ranked[]} */
  const later = [];
  let [at, aside] = [0, 0];
  for (; at < weighed.length && first.length < TUNING.enough; at++) {
    const isAside = ASIDE.has(typeOf(weighed[at].id));
    if (isAside) aside += 1;
    (isAside && aside > MOST_ASIDE ? later : first).push(weighed[at]);
  }
  return [...first, ...later, ...weighed.slice(at)];
}

/** @param {Ranked} a @param {Ranked} b */
function byScore(a, b) {
  return b.score - a.score || b.places.size - a.places.size || (a.id < b.id ? -1 : 1);
}

/**
 * The pages that have every word; others too when these are few, or mostly beside the point.
 * @param {Found[]} entries @param {number} words @param {(id: string) => string} typeOf
 */
function choose(entries, words, typeOf) {
  const whole = entries.filter(({ share }) => share > 0.999);
  const enough = whole.filter(({ id, has }) => has === words && !ASIDE.has(typeOf(id)));
  if (words === 1 || enough.length >= TUNING.enough) {
    return { found: whole.sort(byScore), softened: false };
  }
  const others = entries
    .filter(({ share, said }) => share <= 0.999 && Math.max(share, said) >= TUNING.least)
    .sort(byScore)
    .slice(0, TUNING.most);
  return { found: [...whole, ...others].sort(byScore), softened: others.length > 0 };
}
