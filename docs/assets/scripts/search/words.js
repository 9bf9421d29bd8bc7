/**
 * The words of the site, fetched by first letter, and what becomes of the words of a query.
 */
import { allowance, changes, leavesOut } from "./spelling.js";

/** Letters of the shortest part of a compound, and of one that has a joint after it. */
const PART = 3;
const JOINED = 4;
/** Most parts of a compound. */
const PARTS = 3;
/** Most spellings of a word that are tried. */
const SPELLINGS = 64;
/** Letters after which a word that is still being written counts as the beginning of others. */
const BEGINNING = 3;

/**
 * @typedef {object} Shard The words that begin with one letter.
 * @property {string[]} seen Words that stand on pages, sorted.
 * @property {Map<string, {count: number, ending: number}>} about What is known of each of them.
 * @property {Set<string>} bases Their base forms.
 * @property {Set<string>} known Words that pages are found by without showing them.
 * @property {Map<string, string>} same A word that means the same and finds more.
 * @property {Map<string, string>} phrases The same for names of several words.
 * @property {Map<string, PlaceEntry[]>} places The places of each name.
 *
 * @typedef {[label: string, id: string, county: string, size: string, isWord?: 1]} PlaceEntry
 *
 * @typedef {object} Resolved What becomes of a word.
 * @property {string[][]} ways What is searched, the word itself or its parts first, then others
 *   that mean the same; none: nothing is known that comes near.
 * @property {string | null} corrected The word that was meant, when it was another one.
 */

/**
 * Opens the words of a language; `folder` is their address, with a slash at the end.
 * @param {URL} folder
 */
export async function openWords(folder) {
  const rules = await fetchJson(new URL("rules.json", folder));
  return new Words(folder, rules);
}

export class Words {
  /** @type {Map<string, Promise<Shard>>} */
  #shards = new Map();

  /** @param {URL} folder @param {WordRules} rules */
  constructor(folder, rules) {
    this.folder = folder;
    /** How many pages there are. */
    this.pages = rules.pages;
    /** Whether texts are indexed without the commonest words. */
    this.isPartial = rules.partial;
    /** Words beside the name of a place that say nothing more, and words before one. */
    this.placeWords = new Set(rules.places.words);
    this.beforePlaces = new Set(rules.places.before);
    /** Ends the hidden words of places. */
    this.end = rules.places.end;
    this.files = new Set(rules.files);
    this.stop = new Set(rules.stop);
    this.joints = rules.joints;
    this.endings = rules.endings;
    /** How words of a kindred way to write the language are spelt in this one. */
    this.respellings = rules.respellings;
    this.inhabitants = rules.inhabitants;
    /** The ways to write a letter where a keyboard has it not. */
    this.folds = new Map(Object.entries(rules.folds));
    /** Stop words as they are written where a keyboard lacks letters: "på" as "pa". */
    this.plainStop = new Set(rules.stop.flatMap((word) => this.#written(word)));
    this.plain = (/** @type {string} */ letter) => this.folds.get(letter)?.at(-1) ?? letter;
  }

  /**
   * The words of a text in small letters; a hyphen parts words, as in the index.
   * @param {string} text @returns {string[]}
   */
  split(text) {
    return (
      text
        .normalize("NFC")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    );
  }

  /**
   * A text with the sizes that cases are found by in place of numbers of inhabitants: whoever asks for
   * "12 000 inhabitants" looks for places like that, not for the number.
   * @param {string} text
   */
  withSizes(text) {
    const { words, limits, sizes } = this.inhabitants;
    if (!words.length) return text;
    const number = new RegExp(`(\\d[\\d\\s.,]*)(?:${words.join("|")})(?!\\p{L})`, "giu");
    return text.replace(number, (_, /** @type {string} */ digits) => {
      const count = Number(digits.replace(/\D/g, ""));
      return ` ${sizes[limits.filter((limit) => count >= limit).length]} `;
    });
  }

  /** Whether nobody looks for a word. @param {string} word */
  async isStop(word) {
    if (this.stop.has(word)) return true;
    if (!this.plainStop.has(word)) return false;
    const { about } = await this.#shard(word);
    return !about.has(word);
  }

  /**
   * On about how many pages a word stands: the binary digits of the number.
   * @param {string} word
   */
  async countOf(word) {
    const { about } = await this.#shard(word);
    return about.get(word)?.count ?? 0;
  }

  /**
   * What a name of several words means in words that pages use, null when it is none.
   * @param {string[]} name
   */
  async phrase(name) {
    const { phrases } = await this.#shard(name[0]);
    return phrases.get(name.join(" ")) ?? null;
  }

  /**
   * The names of places that begin with the same letter as a word.
   * @param {string} word
   */
  async placesLike(word) {
    const { places } = await this.#shard(word);
    return places;
  }

  /**
   * The ways to write a word where a keyboard lacks letters, itself not among them.
   * @param {string} word
   */
  #written(word) {
    let all = [""];
    for (const letter of word) {
      const ways = this.folds.get(letter) ?? [letter];
      all = all.flatMap((start) => ways.map((way) => start + way));
    }
    return all.filter((one) => one !== word);
  }

  /**
   * Whether a word is another one, written without letters that a keyboard lacks: ø as oe or o.
   * @param {string} written @param {string} meant @returns {boolean}
   */
  isWritten(written, meant) {
    /** Places in both words from which it does not go on: none is tried twice. */
    const failed = new Set();
    /** @type {(from: number, to: number) => boolean} */
    const goesOn = (from, to) => {
      let [at, place] = [from, to];
      while (at < written.length && written[at] === meant[place]) [at, place] = [at + 1, place + 1];
      if (at >= written.length || place >= meant.length) {
        return at === written.length && place === meant.length;
      }
      const here = at * meant.length + place;
      if (failed.has(here)) return false;
      failed.add(here);
      const [ways, others] = [meant[place], written[at]].map(
        (letter) => this.folds.get(letter) ?? [],
      );
      return (
        ways.some((way) => written.startsWith(way, at) && goesOn(at + way.length, place + 1)) ||
        others.some(
          (way) => (ways.includes(way) || way === meant[place]) && goesOn(at + 1, place + 1),
        )
      );
    };
    return goesOn(0, 0);
  }

  /**
   * What becomes of a word of a query.
   *
   * @param {string} word
   * @param {boolean} last Whether more of it may be about to be written.
   * @returns {Promise<Resolved>}
   */
  async resolve(word, last) {
    const shard = await this.#shard(word);
    const known = this.#known(word, shard);
    if (known) return { ways: waysOf(known, shard), corrected: null };
    const folded = this.#folded(word, shard);
    if (folded)
      return { ways: waysOf(this.#form(folded, shard) ?? folded, shard), corrected: folded };
    const found = this.#form(word, shard);
    if (found) return { ways: waysOf(found, shard), corrected: null };
    if (last && word.length >= BEGINNING && beginsSome(word, shard)) {
      return { ways: [[word]], corrected: null };
    }
    const respelt = await this.#respelt(word);
    if (respelt) return { ways: respelt, corrected: null };
    const [near, changed] = this.#nearest(word, shard);
    if (changed > 1) {
      const parts = await this.#parts(word, PARTS);
      if (parts) return { ways: [parts], corrected: null };
    }
    if (near) return { ways: waysOf(this.#form(near, shard) ?? near, shard), corrected: near };
    return { ways: [], corrected: null };
  }

  /**
   * The form of a word that finds all its forms, null when no page has the word.
   * @param {string} word
   */
  async find(word) {
    return this.#form(word, await this.#shard(word));
  }

  /**
   * The base form of a word that is known as it stands, else null.
   * @param {string} word @param {Shard} shard
   */
  #known(word, shard) {
    const about = shard.about.get(word);
    if (about) return about.ending ? word.slice(0, -about.ending) : word;
    return shard.known.has(word) || shard.bases.has(word) ? word : null;
  }

  /**
   * The form of a word that finds all its forms, null when none of them is known.
   * @param {string} word @param {Shard} shard @returns {string | null}
   */
  #form(word, shard) {
    const known = this.#known(word, shard);
    if (known) return known;
    for (const ending of this.endings.toReversed()) {
      if (!word.endsWith(ending) || word.length - ending.length < PART) continue;
      const base = word.slice(0, -ending.length);
      for (const form of [base, `${base}e`, `${base}y`, undoubled(base), ...unshortened(base)]) {
        if (form && this.#known(form, shard)) return form;
      }
    }
    return null;
  }

  /**
   * The word that is meant by one without the letters a keyboard lacks; the commonest one.
   * @param {string} word @param {Shard} shard
   */
  #folded(word, shard) {
    const alike = (/** @type {string} */ one) => this.isWritten(word, one);
    return commonest(shard.seen.filter(alike), shard) ?? [...shard.known.keys()].find(alike);
  }

  /**
   * What a word means that is written in a kindred way: "offentleg" is offentlig, in nynorsk.
   * @param {string} word
   */
  async #respelt(word) {
    let spellings = [word];
    for (const [theirs, ours] of this.respellings) {
      const others = spellings.filter((one) => one.includes(theirs));
      spellings = [...spellings, ...others.map((one) => one.replace(theirs, ours))];
      if (spellings.length > SPELLINGS) break;
    }
    for (const one of spellings.slice(1)) {
      const shard = await this.#shard(one);
      const found = this.#form(one, shard);
      if (found) return waysOf(found, shard);
    }
    return null;
  }

  /**
   * The nearest word that stands on pages and how far it is.
   * @param {string} word @param {Shard} shard @returns {[near: string | null, distance: number]}
   */
  #nearest(word, shard) {
    let most = allowance(word.length);
    /** @type {string[]} */
    let near = [];
    for (const one of most ? shard.seen : []) {
      const distance = changes(word, one, most, this.plain);
      if (distance < most) [near, most] = [[one], distance];
      else if (distance === most) near.push(one);
    }
    if (near.length) return [commonest(near, shard), most];
    const longer = shard.seen.filter((one) => leavesOut(word, one));
    return [commonest(longer, shard), Infinity];
  }

  /**
   * The parts of a compound of known words, null when it is none.
   * @param {string} word @param {number} most @returns {Promise<string[] | null>}
   */
  async #parts(word, most) {
    if (!this.joints.length || word.length < 2 * PART) return null;
    const shard = await this.#shard(word);
    /** @type {string[] | null} */
    let best = null;
    for (let end = word.length - PART; end >= PART; end--) {
      const first = word.slice(0, end);
      if (this.stop.has(first) || !(shard.about.has(first) || shard.known.has(first))) continue;
      for (const joint of this.joints) {
        const rest = word.slice(end + joint.length);
        if (!word.startsWith(joint, end) || rest.length < PART) continue;
        if (joint && end < JOINED) continue;
        const others = await this.#rest(rest, most - 1);
        if (others && (!best || others.length + 1 < best.length)) best = [first, ...others];
      }
    }
    return best;
  }

  /**
   * What stands after the first part: a known word in any form, or further parts.
   * @param {string} rest @param {number} most @returns {Promise<string[] | null>}
   */
  async #rest(rest, most) {
    if (this.stop.has(rest)) return null;
    const form = this.#form(rest, await this.#shard(rest));
    if (form) return [form];
    return most > 1 ? this.#parts(rest, most) : null;
  }

  /** @returns {Promise<Shard>} @param {string} word */
  #shard(word) {
    const first = this.folds.get(word[0])?.[0][0] ?? word[0];
    const name = first >= "a" && first <= "z" ? first : "_";
    let loading = this.#shards.get(name);
    if (!loading) {
      loading = this.files.has(name)
        ? fetchJson(new URL(`${name}.json`, this.folder)).then(readShard)
        : Promise.resolve(readShard(NO_WORDS));
      loading.catch(() => this.#shards.delete(name));
      this.#shards.set(name, loading);
    }
    return loading;
  }
}

const NO_WORDS = {
  seen: "",
  counts: "",
  endings: "",
  same: {},
  known: "",
  phrases: {},
  places: {},
};

/** @returns {Shard} @param {WordFile} file */
function readShard({ seen, counts, endings, same, known, phrases, places }) {
  const words = seen.split(" ").filter(Boolean);
  const about = new Map(
    words.map((word, at) => [word, { count: Number(counts[at]), ending: Number(endings[at]) }]),
  );
  const bases = new Set(
    words.map((word, at) => (Number(endings[at]) ? word.slice(0, -Number(endings[at])) : word)),
  );
  const hidden = known.split(",").filter(Boolean);
  const others = new Map(Object.entries(same));
  for (const entry of hidden) {
    const [word = "", other] = entry.split("=");
    if (other) others.set(word, other);
  }
  return {
    seen: words,
    about,
    bases,
    known: new Set(hidden.map((entry) => entry.replace(/=.*/s, ""))),
    same: others,
    phrases: new Map(Object.entries(phrases)),
    places: new Map(Object.entries(places)),
  };
}

/**
 * A word and, where there are, others that mean the same and find more.
 * @param {string} word @param {Shard} shard
 */
function waysOf(word, shard) {
  const same = shard.same.get(word);
  return same ? [[word], same.split(" ")] : [[word]];
}

/** @param {string[]} words @param {Shard} shard @returns {string | null} */
function commonest(words, shard) {
  /** @type {string | null} */
  let best = null;
  const count = (/** @type {string} */ word) => shard.about.get(word)?.count ?? 0;
  for (const word of words) if (best === null || count(word) > count(best)) best = word;
  return best;
}

/** @param {string} word @param {Shard} shard */
function beginsSome(word, shard) {
  return shard.seen.some((one) => one.startsWith(word));
}

/**
 * "programm", what is left of "programmet", without its doubled letter; null when it has none.
 * @param {string} base
 */
function undoubled(base) {
  return base.length > PART && base.at(-1) === base.at(-2) ? base.slice(0, -1) : null;
}

/** "artikkel" and "regel" for what is left of "artikler" and "regler". @param {string} base */
function unshortened(base) {
  if (!/[^aeiouyæøå][lnr]$/.test(base)) return [];
  const [start, letter, last] = [base.slice(0, -2), base.at(-2), base.at(-1)];
  return [`${start}${letter}e${last}`, `${start}${letter}${letter}e${last}`];
}

/** What a file holds; throws when it cannot be had. @param {URL} address @returns {Promise<any>} */
export async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
}
