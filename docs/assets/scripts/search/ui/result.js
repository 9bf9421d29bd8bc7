/** One result as it stands in the list: title, kind and place, words around the match, parts. */
import { readExcerpt } from "../excerpt.js";

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {string} className @param {...(Node | string)} parts
 */
function make(name, className, ...parts) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...parts);
  return element;
}

/** Letters from which on a word may be part of another one by more than chance. */
const TELLING = 4;
/** Most letters by which a word that is asked for may be longer than the one that stands there. */
const ENDING = 3;

/** The words of a text. @param {string} text @returns {string[]} */
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Whether a word says what is asked for: it is one of the words, has one as a part
 * (innvandrerkvinner: kvinner), or is one without its ending (entreprenør: entreprenører).
 *
 * @param {string} word
 * @param {string[]} asked
 */
function says(word, asked) {
  return asked.some((one) => {
    if (one.length < TELLING || word.length < TELLING) return false;
    return word.includes(one) || (one.startsWith(word) && one.length - word.length <= ENDING);
  });
}

/**
 * A text in which some of the words are marked.
 *
 * @param {string} text
 * @param {(word: string) => boolean} isMeant
 * @returns {(Node | string)[]}
 */
function markedText(text, isMeant) {
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .map((part, at) => (at % 2 && isMeant(part.toLowerCase()) ? make("mark", "", part) : part));
}

// A name that is read from the right, from its first letter to its last.
const FROM_THE_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]+(?:[^\p{L},;]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]+)*/gu;

/** The text with each such name between U+2068 and U+2069, as pages keep them apart. @param {string} text */
const keptApart = (text) => text.replace(FROM_THE_RIGHT, "\u2068$&\u2069");

/**
 * Title and excerpt of a result with marks: on the words that the index found, which stand in the
 * excerpt, and on others that say the same, as parts of compounds do.
 *
 * @param {string} title
 * @param {string} excerpt as `present` writes it
 * @param {string} query
 * @returns {{ title: (Node | string)[], excerpt: (Node | string)[] }}
 */
function marked(title, excerpt, query) {
  const parts = readExcerpt(excerpt);
  const asked = wordsOf(query);
  const found = new Set(parts.flatMap(({ text, isMarked }) => (isMarked ? wordsOf(text) : [])));
  return {
    title: markedText(keptApart(title), (word) => found.has(word) || says(word, asked)),
    excerpt: parts.flatMap(({ text, isMarked }) =>
      isMarked ? make("mark", "", text) : markedText(text, (word) => says(word, asked)),
    ),
  };
}

/** A link to a page or to a part of it. @param {string} url @param {...(Node | string)} parts */
function link(url, ...parts) {
  const element = make("a", "search-result-link", ...parts);
  element.href = url;
  return element;
}

/**
 * @param {FoundResult} result a page as the search tells of it
 * @param {import("../engine.js").SubResult[]} parts the parts of the page that match
 * @param {string} query what was searched for
 * @returns {HTMLLIElement}
 */
export function renderResult({ url, meta, filters, excerpt }, parts, query) {
  const shown = marked(meta.title, excerpt, query);
  const type = make("span", "search-type", meta.type ?? "");
  type.dataset.type = filters.type?.[0] ?? "";
  const about = make("p", "search-result-about", type);
  if (meta.place) about.append(" ", make("span", "", meta.place));
  const item = make(
    "li",
    "search-result",
    make("h3", "search-result-title", link(url, ...shown.title)),
    about,
    make("p", "search-result-excerpt", ...shown.excerpt),
  );
  if (parts.length) {
    const rows = parts.map((part) => make("li", "", link(part.url, keptApart(part.title))));
    item.append(make("ul", "search-result-parts", ...rows));
  }
  return item;
}
