/**
 * Which cases fit what a reader has chosen, in which order, and how many each further choice would
 * leave.  Cases are numbers here; nothing is fetched and nothing is shown.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Profile} Profile
 *
 * @typedef {object} Index the file `facets.<language>.<version>.json`; see `hooks/casebook/browser/catalogue_data.py`
 * @property {number} cases
 * @property {number} per_file
 * @property {string} cards
 * @property {Record<string, Record<string, number[]>>} facets
 * @property {string[]} rungs
 * @property {number[]} known
 * @property {number[]} mentions
 * @property {Record<string, number[]>} places
 * @property {number[]} title
 * @property {number[]} updated
 * @property {number[]} confirmed
 *
 * @typedef {object} Selection
 * @property {number[]} numbers the cases that fit, in order
 * @property {string} sort the order they stand in
 * @property {Map<string, Map<string, number>>} counts facet -> term -> how many of the cases that fit
 *   carry it; where others of its facet are chosen and it is not, how many it would add
 */
import { PROFILE_PARTS, isEmpty } from "./state.js";

/** What a case can have in common with a place, the most telling first. */
export const REASONS = PROFILE_PARTS;
/** The facet whose terms a part of a profile is. */
const FACET_OF = { county: "county", size: "size", partner: "partner_types" };
const EVIDENCE = "evidence";
/** The order where no other is chosen. */
const KNOWN = "known";
/** Orders that follow what the reader asks for: in them a mention may come before others. */
const BY_READER = ["relevance", "like"];

/** Say whether an order puts what we know most of first. @param {string} sort */
export const isKnownFirst = (sort) => sort === KNOWN;

/** Say whether an order may put a mention before other cases. @param {string} sort */
export const isMixed = (sort) => BY_READER.includes(sort);

/** Turn steps back into numbers: 1 4 1 -> 0 4 5. @param {number[]} steps */
export function fromSteps(steps) {
  const numbers = new Uint32Array(steps.length);
  let last = -1;
  steps.forEach((step, place) => {
    last += step;
    numbers[place] = last;
  });
  return numbers;
}

export class Cases {
  #index;
  #orders;
  #mentions;

  /** @param {Index} index */
  constructor(index) {
    this.total = index.cases;
    this.facets = new Map(
      Object.entries(index.facets).map(([facet, terms]) => [facet, decoded(terms)]),
    );
    this.places = decoded(index.places);
    this.#index = index;
    this.#orders = new Map();
    this.#mentions = new Set(fromSteps(index.mentions));
  }

  /** All cases in the order in which the page is served. @returns {number[]} */
  get served() {
    return this.#order(KNOWN, null);
  }

  /**
   * Return the cases that fit.
   * @param {State} state
   * @param {number[] | null} hits the cases that hold the words searched for, best first; null when
   *   nothing is searched for
   * @returns {Selection}
   */
  select(state, hits) {
    const misses = this.#misses(state, hits);
    const sort = this.sortOf(state, hits);
    const order = this.#order(sort === "like" ? (hits ? "relevance" : KNOWN) : sort, hits);
    const numbers = order.filter((number) => misses[number] === 0);
    if (sort === "like") {
      const likeness = this.likeness(state.profile);
      numbers.sort((a, b) => weight(likeness[b]) - weight(likeness[a])); // stable
    }
    return { numbers, sort, counts: this.#counts(state, misses) };
  }

  /**
   * Return the order that cases stand in: the one chosen if it makes sense, else the one that fits.
   * @param {State} state @param {number[] | null} hits
   */
  sortOf(state, hits) {
    const compares = !isEmpty(state.profile);
    const { sort } = state;
    if (sort && (sort === "relevance" ? hits : sort !== "like" || compares)) return sort;
    if (compares) return "like";
    return hits ? "relevance" : KNOWN;
  }

  /**
   * Return what each case has in common with a place: a bit for each of REASONS.
   * @param {Profile} profile
   */
  likeness(profile) {
    const found = new Uint8Array(this.total);
    REASONS.forEach((reason, bit) => {
      const terms = reason === "municipality" ? this.places : this.facets.get(FACET_OF[reason]);
      for (const number of terms?.get(profile[reason]) ?? []) found[number] |= 1 << bit;
    });
    return found;
  }

  /**
   * Return for each case how many demands it does not meet: each facet with choices is one, the
   * words searched for another.
   * @param {State} state @param {number[] | null} hits
   */
  #misses(state, hits) {
    const misses = new Uint8Array(this.total);
    if (hits) {
      misses.fill(1);
      for (const number of hits) misses[number] = 0;
    }
    for (const facet of state.chosen.keys()) {
      const fits = this.#fits(state, facet);
      for (let number = 0; number < this.total; number++) misses[number] += fits[number] ? 0 : 1;
    }
    return misses;
  }

  /**
   * Return for each case whether it carries one of the terms chosen of a facet.
   * @param {State} state @param {string} facet
   */
  #fits(state, facet) {
    const fits = new Uint8Array(this.total);
    for (const term of state.chosen.get(facet) ?? []) {
      for (const number of this.facets.get(facet)?.get(term) ?? []) fits[number] = 1;
    }
    return fits;
  }

  /**
   * Count what each term would leave.  Of a facet with choices, a chosen term counts as if it were the
   * only one, and another one what it would add: one of them is enough.
   * @param {State} state @param {Uint8Array} misses
   */
  #counts(state, misses) {
    const counts = new Map();
    for (const [facet, terms] of this.facets) {
      const fits = state.chosen.has(facet) ? this.#fits(state, facet) : null;
      const ofFacet = new Map();
      for (const [term, numbers] of terms) {
        const adds = fits && !state.chosen.get(facet)?.has(term);
        let count = 0;
        for (const number of numbers) {
          if (misses[number] === (adds ? 1 : 0) && !(adds && fits[number])) count++;
        }
        ofFacet.set(term, count);
      }
      counts.set(facet, ofFacet);
    }
    return counts;
  }

  /**
   * Return all cases (for relevance: all hits) in an order, as a plain array.
   * @param {string} sort @param {number[] | null} hits @returns {number[]}
   */
  #order(sort, hits) {
    if (sort === "relevance") return hits ?? [];
    if (!this.#orders.has(sort)) {
      const byTitle = this.#index.title;
      const key = this.#key(sort);
      const order = key ? [...byTitle].sort((a, b) => key[b] - key[a]) : byTitle;
      this.#orders.set(sort, this.#mentionsLast(order));
    }
    return this.#orders.get(sort);
  }

  /** @param {number[]} order */
  #mentionsLast(order) {
    const isMention = (/** @type {number} */ number) => this.#mentions.has(number);
    return [...order.filter((number) => !isMention(number)), ...order.filter(isMention)];
  }

  /**
   * Return what an order goes by, the highest first; nothing for the alphabet.
   * @param {string} sort @returns {ArrayLike<number> | null}
   */
  #key(sort) {
    if (sort === KNOWN) return this.#index.known;
    if (sort === "newest") return this.#index.updated;
    if (sort === "confirmed") return this.#index.confirmed;
    if (sort !== EVIDENCE) return null;
    const rungs = new Uint8Array(this.total);
    this.#index.rungs.forEach((term, rung) => {
      for (const number of this.facets.get(EVIDENCE)?.get(term) ?? []) rungs[number] = rung + 1;
    });
    return rungs;
  }
}

/** @param {Record<string, number[]>} terms */
const decoded = (terms) =>
  new Map(Object.entries(terms).map(([term, steps]) => [term, fromSteps(steps)]));

/**
 * Return how far to the front a likeness brings a case: what has more in common comes first, and of
 * as many reasons the more telling ones.
 * @param {number} bits one for each of REASONS
 */
export function weight(bits) {
  let sum = 0;
  REASONS.forEach((_, bit) => {
    if (bits & (1 << bit)) sum += 100 + (REASONS.length - bit) ** 2;
  });
  return sum;
}
