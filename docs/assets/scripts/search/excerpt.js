/**
 * What a result shows of its page: the passage with most of the words that were asked for, and the
 * headings below which they stand.
 */

/** Words of a passage, and how many of them stand before the first one that was asked for. */
const LENGTH = 30;
const BEFORE = 6;
/** Most headings shown below a result. */
const PARTS = 3;

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const CHARACTERS = Object.fromEntries(Object.entries(ENTITIES).map(([sign, name]) => [name, sign]));
/**
 * Text as HTML: the index keeps the characters of a page as readers see them.
 * @param {string} text
 */
const escaped = (text) => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? "");

/**
 * The parts of an excerpt as text.
 *
 * @param {string} excerpt HTML as `present` writes it
 * @returns {{ text: string, isMarked: boolean }[]}
 */
export function readExcerpt(excerpt) {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((html, at) => ({
    text: html.replace(/&(?:amp|lt|gt);/g, (entity) => CHARACTERS[entity] ?? ""),
    isMarked: at % 2 === 1,
  }));
}

/**
 * @param {IndexedPage} page
 * @param {Set<number>} places Places of the words that were asked for.
 */
export function present(page, places) {
  const words = page.content.split(/\s+/);
  const { excerpt } = passage(words, places, 0, words.length);
  return { excerpt, sub_results: parts(page, words, places) };
}

/** A word as it is counted: without capitals and the signs around it. @param {string} word */
const plain = (word) => word.toLowerCase().match(/[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su)?.[0] ?? "";

/**
 * The passage between two places that has most of the words, with these marked.
 * @param {string[]} words @param {Set<number>} places @param {number} from @param {number} to
 */
function passage(words, places, from, to) {
  const inside = [...places].filter((place) => place >= from && place < to).sort((a, b) => a - b);
  const often = new Map();
  for (const place of inside) {
    const word = plain(words[place]);
    often.set(word, (often.get(word) ?? 0) + 1);
  }
  let [start, most, weight] = [from, 0, 0];
  inside.forEach((place, at) => {
    const distinct = new Set();
    for (let next = at; next < inside.length && inside[next] < place + LENGTH - BEFORE; next++) {
      distinct.add(plain(words[inside[next]]));
    }
    const sum = [...distinct].reduce((total, word) => total + often.get(word), 0);
    // Different words say more than one word often; of as many, those that the page has most often
    // (a name that only begins like the word stands there once).  The first such passage is taken.
    if (distinct.size > most || (distinct.size === most && sum > weight)) {
      [start, most, weight] = [place, distinct.size, sum];
    }
  });
  if (most) start = Math.max(from, Math.min(start - BEFORE, to - LENGTH));
  const end = Math.min(start + LENGTH, to);
  const shown = [];
  for (let at = start; at < end; at++) {
    const word = escaped(words[at]);
    shown.push(places.has(at) ? `<mark>${word}</mark>` : word);
  }
  return { excerpt: shown.join(" "), count: inside.length };
}

/**
 * The headings that have an address and the words below them, in the order of the page.
 * @param {IndexedPage} page @param {string[]} words @param {Set<number>} places
 */
function parts(page, words, places) {
  const headings = (page.anchors ?? [])
    .filter(({ element, text }) => /^h[2-6]$/i.test(element) && /\S/.test(text))
    .sort((a, b) => a.location - b.location);
  const found = headings.map((heading, at) => {
    const end = headings[at + 1]?.location ?? words.length;
    const { excerpt, count } = passage(words, places, heading.location, end);
    return { url: `${page.url}#${heading.id}`, title: heading.text, excerpt, count };
  });
  const best = found
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count)
    .slice(0, PARTS);
  return found.filter((part) => best.includes(part)).map(({ count, ...part }) => part);
}
