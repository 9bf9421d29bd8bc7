/**
 * What a reader has chosen, and how it stands in the address.
 *
 * The address of the catalogue holds everything that decides what is shown, so that it can be
 * shared, kept, reloaded and gone back to: `?measures=a,b&county=c&q=words&sort=newest&page=2`.
 * `exact=1` beside the words searches for them just as they are written.
 * An address is untrusted input: what is not known is left out, and told.
 *
 * @typedef {object} Profile a place to compare with; an empty text where nothing is said
 * @property {string} municipality
 * @property {string} county
 * @property {string} size
 * @property {string} partner
 *
 * @typedef {object} State
 * @property {Map<string, Set<string>>} chosen facet -> the terms chosen of it, never an empty set
 * @property {string} query words to search for, or ""
 * @property {boolean} exact the words are searched for as they are written; false without words
 * @property {string} sort one of the orders, or "" for the one that fits
 * @property {number} pages how many pages of cards are shown, at least 1
 * @property {Profile} profile
 *
 * @typedef {object} Known what may stand in an address
 * @property {Map<string, string[]>} facets facet -> its terms
 * @property {string[]} sorts
 * @property {Record<keyof Profile, string[]>} profile
 * @property {number} maxPages
 */

/** Longer words than anyone searches for are cut. */
const QUERY_LIMIT = 200;
/** What other sites hang on to addresses when they link here: no choice of the reader's. */
const FOREIGN = /^(utm_|mtm_|pk_)|^(fbclid|gclid|msclkid|mc_eid)$/;
const PROFILE_PREFIX = "like_";
/** The parts of a profile, the most telling first. */
export const PROFILE_PARTS = /** @type {const} */ (["municipality", "county", "size", "partner"]);

/**
 * Return something for each part of a profile.
 * @template T @param {(part: keyof Profile) => T} make @returns {Record<keyof Profile, T>}
 */
export const ofParts = (make) => ({
  municipality: make("municipality"),
  county: make("county"),
  size: make("size"),
  partner: make("partner"),
});

/** Return a profile that says nothing. @returns {Profile} */
export const noProfile = () => ofParts(() => "");

/** Say whether a profile says nothing. @param {Profile} profile */
export const isEmpty = (profile) => PROFILE_PARTS.every((part) => !profile[part]);

/** Return the state in which nothing is chosen. @returns {State} */
export const noState = () => ({
  chosen: new Map(),
  query: "",
  exact: false,
  sort: "",
  pages: 1,
  profile: noProfile(),
});

/**
 * Keep of a profile what is known; anything may come in, for instance from storage.
 * @param {unknown} value @param {Known} known @returns {Profile}
 */
export function readProfile(value, known) {
  const profile = noProfile();
  for (const part of PROFILE_PARTS) {
    const told = Object(value)[part];
    if (known.profile[part].includes(told)) profile[part] = told;
  }
  return profile;
}

/**
 * Read an address.
 * @param {string} search what follows the path, with or without "?"
 * @param {Known} known
 * @returns {{state: State, unknown: string[]}} `unknown` names what was left out, each once
 */
export function readAddress(search, known) {
  const state = noState();
  const unknown = new Set();
  for (const [name, value] of new URLSearchParams(search)) {
    const terms = known.facets.get(name);
    const part = partOf(name);
    if (terms) {
      for (const term of value.split(",").filter(Boolean)) {
        if (terms.includes(term)) choose(state, name, term, true);
        else unknown.add(term);
      }
    } else if (name === "q") {
      state.query = shortened(value);
    } else if (name === "exact") {
      if (value === "1") state.exact = true;
      else if (value) unknown.add(value);
    } else if (name === "sort") {
      if (known.sorts.includes(value)) state.sort = value;
      else if (value) unknown.add(value);
    } else if (name === "page") {
      if (/^[1-9]\d{0,5}$/.test(value)) state.pages = Math.min(Number(value), known.maxPages);
      else if (value) unknown.add(value);
    } else if (part) {
      if (known.profile[part].includes(value)) state.profile[part] = value;
      else if (value) unknown.add(value);
    } else if (!FOREIGN.test(name)) {
      unknown.add(name);
    }
  }
  state.exact &&= state.query !== "";
  return { state, unknown: [...unknown] };
}

/** Return the part of a profile that a parameter tells. @param {string} name */
const partOf = (name) => PROFILE_PARTS.find((part) => name === PROFILE_PREFIX + part);

/** Cut words to the greatest length, between two characters. @param {string} words */
const shortened = (words) => [...words.trim()].slice(0, QUERY_LIMIT).join("").trim();

/**
 * Write a state as it stands in the address; the same state always reads the same.
 * @param {State} state @param {Pick<Known, "facets">} known @returns {string} "" or "?…"
 */
export function writeAddress(state, known) {
  const parts = [];
  for (const [facet, terms] of known.facets) {
    const chosen = terms.filter((term) => state.chosen.get(facet)?.has(term));
    if (chosen.length) parts.push(`${facet}=${chosen.map(encodeURIComponent).join(",")}`);
  }
  if (state.query) parts.push(`q=${encodeURIComponent(state.query).replaceAll("%20", "+")}`);
  if (state.query && state.exact) parts.push("exact=1");
  for (const part of PROFILE_PARTS) {
    const value = state.profile[part];
    if (value) parts.push(`${PROFILE_PREFIX}${part}=${encodeURIComponent(value)}`);
  }
  if (state.sort) parts.push(`sort=${state.sort}`);
  if (state.pages > 1) parts.push(`page=${state.pages}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

/**
 * Choose a term, or no longer.
 * @param {State} state is changed @param {string} facet @param {string} term @param {boolean} on
 */
export function choose(state, facet, term, on) {
  const terms = state.chosen.get(facet) ?? new Set();
  if (on) terms.add(term);
  else terms.delete(term);
  if (terms.size) state.chosen.set(facet, terms);
  else state.chosen.delete(facet);
}

/** Count the terms chosen in all facets. @param {State} state */
export const countChosen = (state) =>
  [...state.chosen.values()].reduce((sum, terms) => sum + terms.size, 0);

/** Say whether a state shows anything but the catalogue as it is served. @param {State} state */
export const isDefault = (state) =>
  !state.chosen.size && !state.query && !state.sort && state.pages === 1 && isEmpty(state.profile);
