/**
 * The words of the site, fetched by first letter, and what becomes of the words of a query.
 */
import { allowance, changes, leavesOut } from "./spelling.js";

/** Letters of the shortest part of a compound, and of one that has a joint after it. */
const PART = 3;
const JOINED = 4;
/** Most parts of a compound. */
const PARTS = 3;
/** Letters after which a word that is still being written counts as the beginning of others. */
const BEGINNING = 3;

/**
 * @typedef {object} Shard The words that begin with one letter.
 * @property {string[]} seen Words that stand on pages, sorted.
 * @property {Map<string, {count: number, ending: number}>} about What is known of each of them.
 * @property {Set<string>} known Words that pages are found by without showing them.
 * @property {Map<string, string>} same A word that means the same and finds more.
 *
 * @typedef {object} Resolved What becomes of a word.
 * @property {string[][]} ways What is searched, the word itself or its parts first, then others
 *   that mean the same; none: nothing is known that comes near.
 * @property {string | null} corrected The word that was meant, when it was another one.
 */

/** Opens the words of a language; `folder` is their address, with a slash at the end. */
export async function openWords(folder) {
  const rules = await fetchJson(new URL("rules.json", folder));
  return new Words(folder, rules);
}

export class Words {
  /** @type {Map<string, Promise<Shard>>} */
  #shards = new Map();

  constructor(folder, rules) {
    this.folder = folder;
    /** How many pages there are. */
    this.pages = rules.pages;
    this.files = new Set(rules.files);
    this.stop = new Set(rules.stop);
    this.joints = rules.joints;
    /** Names of several words, and a word on pages that means the same. */
    this.phrases = new Map(Object.entries(rules.phrases));
    this.endings = rules.endings;
    this.plainLetters = new Map();
    this.folds = Object.entries(rules.folds);
    for (const [letter, ways] of this.folds) this.plainLetters.set(letter, ways.at(-1));
    this.plain = (letter) => this.plainLetters.get(letter) ?? letter;
  }

  /** The words of a text in small letters; a hyphen parts words, as in the index. */
  split(text) {
    return text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  }

  /** Every way to write a word where a keyboard lacks letters, as one: ø, oe and o become o. */
  fold(word) {
    let folded = word;
    for (const [letter, ways] of this.folds) {
      const plain = ways.at(-1);
      for (const way of [letter, ...ways]) {
        if (way !== plain) folded = folded.replaceAll(way, plain);
      }
    }
    return folded;
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
    const found = this.#form(word, shard);
    if (found) return { ways: waysOf(found, shard), corrected: null };
    const folded = this.#folded(word, shard);
    if (folded) return { ways: waysOf(this.#form(folded, shard), shard), corrected: folded };
    if (last && word.length >= BEGINNING && beginsSome(word, shard)) {
      return { ways: [[word]], corrected: null };
    }
    const [near, changed] = this.#nearest(word, shard);
    if (changed > 1) {
      const parts = await this.#parts(word, PARTS);
      if (parts) return { ways: [parts], corrected: null };
    }
    if (near) return { ways: waysOf(this.#form(near, shard), shard), corrected: near };
    return { ways: [], corrected: null };
  }

  /** The form of a word that finds all its forms, null when no page has the word. */
  async find(word) {
    return this.#form(word, await this.#shard(word));
  }

  /** The form of a known word that finds all its forms, null when the word is not known. */
  #form(word, shard) {
    const about = shard.about.get(word);
    if (about) return about.ending ? word.slice(0, -about.ending) : word;
    if (shard.known.has(word)) return word;
    for (const ending of this.endings.toReversed()) {
      if (!word.endsWith(ending) || word.length - ending.length < PART) continue;
      const base = word.slice(0, -ending.length);
      for (const form of [base, `${base}e`, undoubled(base)]) {
        if (form && (shard.about.has(form) || shard.known.has(form))) return form;
      }
    }
    return null;
  }

  /** The word that is meant by one without the letters a keyboard lacks; the commonest one. */
  #folded(word, shard) {
    const folded = this.fold(word);
    const alike = (one) => this.fold(one) === folded;
    return commonest(shard.seen.filter(alike), shard) ?? [...shard.known.keys()].find(alike);
  }

  /** The nearest word that stands on pages and how far it is. */
  #nearest(word, shard) {
    let most = allowance(word.length);
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

  /** The parts of a compound of known words, null when it is none. */
  async #parts(word, most) {
    if (!this.joints.length || word.length < 2 * PART) return null;
    const shard = await this.#shard(word);
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

  /** What stands after the first part: a known word in any form, or further parts. */
  async #rest(rest, most) {
    if (this.stop.has(rest)) return null;
    const form = this.#form(rest, await this.#shard(rest));
    if (form) return [form];
    return most > 1 ? this.#parts(rest, most) : null;
  }

  /** @returns {Promise<Shard>} */
  #shard(word) {
    const first = this.plain(word[0])[0];
    const name = first >= "a" && first <= "z" ? first : "_";
    if (!this.#shards.has(name)) {
      const loading = this.files.has(name)
        ? fetchJson(new URL(`${name}.json`, this.folder)).then(readShard)
        : Promise.resolve(readShard({ seen: "", counts: "", endings: "", same: {}, known: "" }));
      loading.catch(() => this.#shards.delete(name));
      this.#shards.set(name, loading);
    }
    return this.#shards.get(name);
  }
}

/** @returns {Shard} */
function readShard({ seen, counts, endings, same, known }) {
  const words = seen.split(" ").filter(Boolean);
  const about = new Map(
    words.map((word, at) => [word, { count: Number(counts[at]), ending: Number(endings[at]) }]),
  );
  const hidden = known.split(",").filter(Boolean).map((word) => word.split("="));
  return {
    seen: words,
    about,
    known: new Set(hidden.map(([word]) => word)),
    same: new Map([...Object.entries(same), ...hidden.filter(([, other]) => other)]),
  };
}

/** A word and, where there are, others that mean the same and find more. */
function waysOf(word, shard) {
  const same = shard.same.get(word);
  return same ? [[word], same.split(" ")] : [[word]];
}

function commonest(words, shard) {
  let best = null;
  for (const word of words) {
    if (best === null || shard.about.get(word).count > shard.about.get(best).count) best = word;
  }
  return best;
}

function beginsSome(word, shard) {
  return shard.seen.some((one) => one.startsWith(word));
}

/** "programm", what is left of "programmet", without its doubled letter; null when it has none. */
function undoubled(base) {
  return base.length > PART && base.at(-1) === base.at(-2) ? base.slice(0, -1) : null;
}

/** What a file holds; throws when it cannot be had. */
export async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
}
