/**
 * What a result shows of its page: the sentences with most of the words that were asked for, whole,
 * and the headings below which the words stand.
 */

/** Words up to which further sentences join the first one. */
const LENGTH = 34;
/** Most headings shown below a result. */
const PARTS = 3;
/** Ends what is no sentence: a title, a label, a value in a box of facts (see article.py). */
const FRAGMENT = "\u2063";
/** Ends a sentence, when the next word begins one. */
const END = /[.!?…]["'»”’)\]]*$/;
const BEGINNING = /^["'«“‘([]*\p{Lu}/u;

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
  const words = page.content.split(/\s+/).filter(Boolean);
  return { excerpt: excerptOf(page, words, places), sub_results: parts(page, words, places) };
}

/** A word as it is counted: without capitals and the signs around it. @param {string} word */
const plain = (word) => word.toLowerCase().match(/[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su)?.[0] ?? "";

/**
 * Where each sentence begins and ends; what is none is left out.
 * @param {string[]} words
 */
function sentencesOf(words) {
  /** @type {{ from: number, to: number }[]} */
  const found = [];
  let from = 0;
  words.forEach((word, at) => {
    const isFragment = word.includes(FRAGMENT);
    const next = words[at + 1];
    const isEnd = END.test(word) && (next === undefined || BEGINNING.test(next));
    if (!isFragment && !isEnd) return;
    if (!isFragment && BEGINNING.test(words[from])) found.push({ from, to: at + 1 });
    from = at + 1;
  });
  return found;
}

/**
 * The sentences with most of the words, with these marked.  Where no sentence has one, the page
 * is told by what sums it up, or by how it begins.
 * @param {IndexedPage} page @param {string[]} words @param {Set<number>} places
 */
function excerptOf(page, words, places) {
  // A word of the glossary is told by what it means, a list of cases by what it lists.
  if (page.meta.note && !page.meta.lead) return escaped(page.meta.note);
  const often = new Map();
  for (const place of places) {
    const word = plain(words[place] ?? "");
    often.set(word, (often.get(word) ?? 0) + 1);
  }
  const all = sentencesOf(words);
  let [best, most, weight] = [-1, 0, 0];
  all.forEach((sentence, at) => {
    const distinct = new Set();
    for (const place of places) {
      if (place >= sentence.from && place < sentence.to) distinct.add(plain(words[place]));
    }
    const sum = [...distinct].reduce((total, word) => total + often.get(word), 0);
    // Different words say more than one word often; of as many, those that the page has most often
    // (a name that only begins like the word stands there once).  The first such sentence is taken.
    if (distinct.size > most || (distinct.size === most && sum > weight)) {
      [best, most, weight] = [at, distinct.size, sum];
    }
  });
  const { lead } = page.meta;
  if (best < 0 && lead) return escaped(lead);
  const { from, to } = joined(all, Math.max(best, 0));
  return words
    .slice(from, to)
    .map((word, at) => (places.has(from + at) ? `<mark>${escaped(word)}</mark>` : escaped(word)))
    .join(" ");
}

/**
 * A sentence with those that follow it at once, as long as there is room.
 * @param {{ from: number, to: number }[]} all @param {number} at
 */
function joined(all, at) {
  const { from, to } = all[at] ?? { from: 0, to: 0 };
  let end = to;
  for (const next of all.slice(at + 1)) {
    if (next.from !== end || next.to - from > LENGTH) break;
    end = next.to;
  }
  return { from, to: end };
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
    const count = [...places].filter((place) => place >= heading.location && place < end).length;
    const title = heading.text.replace(FRAGMENT, "");
    return { url: `${page.url}#${heading.id}`, title, excerpt: "", count };
  });
  const best = found
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count)
    .slice(0, PARTS);
  return found.filter((part) => best.includes(part)).map(({ count, ...part }) => part);
}
