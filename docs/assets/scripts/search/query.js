/**
 * What is meant by a query: stop words left out, spelling mended, compounds taken apart and put
 * together, names in other words and languages taken for those that pages use.
 */

/**
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./words.js").Resolved} Resolved
 */

/** Most words of a query that are searched. */
const MOST_WORDS = 12;
/** Words of the longest name that is looked up. */
const LONGEST_NAME = 4;

/**
 * @typedef {object} Unit A part of a query, in one way or several to say it.
 * @property {string[][]} ways Each the words that say it together.
 * @property {string} written What stands in the query for it.
 * @property {boolean} isSize It asks for places of a size, in the words of the index.
 *
 * @typedef {object} Meant
 * @property {Unit[]} units
 * @property {string[]} lacks Words that no page has.
 * @property {string | null} corrected The query as it should be spelt, null when it is.
 */

/**
 * @param {string} text
 * @param {import("./words.js").Words} words
 * @param {string} asked The whole query, when the text is a part of it.
 * @returns {Promise<Meant>}
 */
export async function understand(text, words, asked = text) {
  const all = words.split(words.withSizes(text)).slice(0, MOST_WORDS);
  const stop = await Promise.all(all.map((word) => words.isStop(word)));
  const telling = all.filter((_, at) => !stop[at]);
  const content = telling.length ? telling : all;
  const resolved = await Promise.all(
    content.map((word, at) => words.resolve(word, at === content.length - 1)),
  );
  const units = [];
  const lacks = [];
  for (let at = 0; at < content.length; ) {
    const unit = await nameAt(content, resolved, at, words, all);
    const written = content.slice(at, at + unit.length).join(" ");
    const isSize = words.inhabitants.sizes.includes(written);
    if (unit.ways.length) units.push({ ways: unit.ways, written, isSize });
    else lacks.push(written);
    at += unit.length;
  }
  return { units, lacks, corrected: corrected(asked, content, resolved) };
}

/**
 * The longest name that begins at a word: one that is looked up, a compound, or the word.
 * @param {string[]} content @param {Resolved[]} resolved @param {number} at @param {Words} words
 * @param {string[]} all
 */
async function nameAt(content, resolved, at, words, all) {
  for (let length = Math.min(LONGEST_NAME, content.length - at); length > 1; length--) {
    const same = await words.phrase(content.slice(at, at + length));
    if (same) {
      const own = resolved.slice(at, at + length).flatMap(({ ways: [first = []] }) => first);
      const other = same.split(" ");
      return { length, ways: own.length ? [own, other] : [other] };
    }
  }
  if (at + 1 < content.length) {
    const compound = await joined(content[at], content[at + 1], words, all);
    if (compound) {
      const own = [resolved[at], resolved[at + 1]].flatMap(({ ways: [first = []] }) => first);
      return { length: 2, ways: own.length ? [own, [compound]] : [[compound]] };
    }
  }
  return { length: 1, ways: resolved[at].ways };
}

/**
 * The compound that two words are parts of: "mentor program" is mentorprogram, and with a word
 * between them "produksjon av mat" is matproduksjon.
 * @param {string} first @param {string} second @param {Words} words @param {string[]} all
 */
async function joined(first, second, words, all) {
  const apart = all[all.indexOf(first) + 1] !== second;
  const [front, back] = apart ? [second, first] : [first, second];
  for (const joint of words.joints) {
    const found = await words.find(`${front}${joint}${back}`);
    if (found) return found;
  }
  return null;
}

/** @param {string} text @param {string[]} content @param {Resolved[]} resolved */
function corrected(text, content, resolved) {
  const meant = new Map();
  content.forEach((word, at) => {
    if (resolved[at].corrected) meant.set(word, resolved[at].corrected);
  });
  if (!meant.size) return null;
  return text.replace(/[\p{L}\p{N}]+/gu, (word) => meant.get(word.toLowerCase()) ?? word);
}
