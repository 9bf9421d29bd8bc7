/**
 * Searches for words just as they are written: nothing mended, no other form, no hidden term.
 *
 * The index knows words by their stem and has hidden terms in fields of their own.  So it tells
 * which pages may have what is asked for, and the text of these pages whether they do.
 */

import { readPage } from "./disguise.js";

/**
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./ranking.js").Ranked & {count: number}} Candidate
 */

/** Fields of a page that readers see; the others are hidden terms. */
const SHOWN = ["title", "lead", "note", "place"];
/** Pages whose text is looked into; behind them any form of the words counts. */
const LOOKED_INTO = 100;
/** What it is worth that the title has a word. */
const TITLE = 3;

/**
 * @param {Pagefind} instance
 * @param {string} asked Words, or a phrase in quotation marks.
 * @param {import("./words.js").Words} words
 * @returns {Promise<import("./ranking.js").Ranked[]>} The best first.
 */
export async function findWritten(instance, asked, words) {
  /** @param {string} text */
  const split = (text) => words.split(text);
  const phrase = /^\s*"(.+)"\s*$/.exec(asked);
  const wanted = phrase ? [split(phrase[1])] : [...new Set(split(asked))].map((word) => [word]);
  if (!wanted.flat().length) return [];
  const found = await candidates(instance, wanted);
  const others = words.isPartial ? await nearby(instance, wanted, words, found) : [];
  const best = [...found.slice(0, LOOKED_INTO), ...others];
  const right = await Promise.all(best.map((one) => isRight(one, wanted, split)));
  const kept = best.filter((_, at) => right[at]);
  return [...kept.sort(byScore), ...found.slice(LOOKED_INTO)];
}

/**
 * Further pages that may have what is wanted, where the index knows texts only in part: without the
 * commonest words, so that a row of words is none.  They have the rarest of the words.
 * @param {Pagefind} instance @param {string[][]} wanted @param {Words} words
 * @param {Candidate[]} found
 */
async function nearby(instance, wanted, words, found) {
  const all = [...new Set(wanted.flat())];
  const stop = await Promise.all(all.map((word) => words.isStop(word)));
  const asked = all.filter((_, at) => !stop[at]);
  if (!asked.length) return [];
  const counts = await Promise.all(asked.map((word) => words.countOf(word)));
  const rarest = asked[counts.indexOf(Math.min(...counts))];
  const others = await candidates(instance, [[rarest]]);
  const ids = new Set(found.map(({ id }) => id));
  const room = Math.max(0, LOOKED_INTO - found.length);
  return others.filter(({ id }) => !ids.has(id)).slice(0, room);
}

/**
 * The pages that have a form of everything that is wanted where readers see it.
 * @param {Pagefind} instance @param {string[][]} wanted @returns {Promise<Candidate[]>}
 */
async function candidates(instance, wanted) {
  const answers = await Promise.all(wanted.map((words) => instance.search(`"${words.join(" ")}"`)));
  /** @type {Map<string, Candidate>} */
  const all = new Map();
  for (const { results } of answers) {
    for (const result of results) {
      const inField = (result.matchedMetaFields ?? []).some((name) => SHOWN.includes(name));
      if (!inField && !result.words.length) continue;
      const { id, score, words } = result;
      const fetch = () => readPage(result);
      const entry = all.get(id) ?? { id, count: 0, score: 0, places: new Set(), fetch };
      entry.count += 1;
      entry.score += score;
      for (const place of words) entry.places.add(place);
      entry.fetch = fetch;
      all.set(id, entry);
    }
  }
  return [...all.values()].filter(({ count }) => count === wanted.length).sort(byScore);
}

/**
 * Whether a page has all that is wanted, letter by letter; one with it in its title counts more.
 * @param {Candidate} entry @param {string[][]} wanted @param {(text: string) => string[]} split
 */
async function isRight(entry, wanted, split) {
  const page = await entry.fetch();
  const texts = [page.content, ...SHOWN.map((name) => page.meta[name] ?? "")];
  const lists = texts.map((text) => ` ${split(text).join(" ")} `);
  const title = lists[1 + SHOWN.indexOf("title")];
  for (const words of wanted) {
    const whole = ` ${words.join(" ")} `;
    if (!lists.some((list) => list.includes(whole))) return false;
    if (title.includes(whole)) entry.score += TITLE / wanted.length;
  }
  const words = new Set(wanted.flat());
  const content = page.content.split(/\s+/);
  /** @param {number} place */
  const isWord = (place) => split(content[place] ?? "").some((word) => words.has(word));
  entry.places = new Set([...entry.places].filter(isWord));
  return true;
}

/** @param {Candidate} a @param {Candidate} b */
function byScore(a, b) {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}
