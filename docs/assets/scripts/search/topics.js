/**
 * Lists of cases by term or county, which are found by their name: the cases on them say the rest.
 */
import { fetchJson } from "./words.js";

/** Begins the ids of these pages, which the index does not have. */
const MARK = "topic ";

/**
 * @typedef {import("./ranking.js").Ranked} Ranked
 * @typedef {Ranked & {names: string[], place: string, isSubject: boolean}} Topic
 *
 * @typedef {[id: string, title: string, kind: string, address: string, note: string,
 *   names: string[], isSubject: number]} TopicEntry
 */

/** @param {string} id */
export const isTopic = (id) => id.startsWith(MARK);

/** Place, from 0, of a list on a subject that is called just what is asked for, and of others. */
const [CALLED, ALIKE] = [1, 5];

/** @param {URL} folder The words of a language. @returns {Promise<Topic[]>} */
export async function loadTopics(folder) {
  /** @type {TopicEntry[]} */
  const entries = await fetchJson(new URL("topics.json", folder));
  return entries.map(([place, title, type, url, note, names, isSubject]) => ({
    id: `${MARK}${url}`,
    score: 0,
    places: new Set(),
    fetch: async () => ({ url, content: "", anchors: [], meta: { title, type, note } }),
    names,
    place,
    isSubject: Boolean(isSubject),
  }));
}

/**
 * The results with the lists that are asked for by name.
 * @param {Ranked[]} found The best first.
 * @param {Topic[]} topics
 * @param {string[]} asked The words of the query, in their base form.
 * @returns {Ranked[]}
 */
export function withTopics(found, topics, asked) {
  if (!asked.length) return found;
  const name = asked.join(" ");
  const called = topics.filter(({ names, isSubject }) => isSubject && names.includes(name));
  const isPart = (/** @type {string} */ one) => {
    const words = one.split(" ");
    return asked.every((word) => words.includes(word));
  };
  const alike = topics.filter((topic) => !called.includes(topic) && topic.names.some(isPart));
  const first = found.toSpliced(Math.min(CALLED, found.length), 0, ...called);
  return first.toSpliced(Math.min(ALIKE + called.length, first.length), 0, ...alike);
}
