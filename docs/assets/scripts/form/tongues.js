/**
 * Whether a text is written in the language that it stands under.
 *
 * The rules are those of `hooks/casebook/record/tongues.py`; a table of faulty records is run through both
 * in the tests.  The words that give a language away come with the form's data.
 *
 * @typedef {{code: string, called: string, words: string[]}} Language
 */

const LEAST_WORDS = 6;
const LEAST_SIGNS = 3;

/** @param {string} text */
const wordsOf = (text) => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** @param {string[]} words @param {Language} language */
const signs = (words, language) => words.filter((word) => language.words.includes(word)).length;

/**
 * Return the rule that a text and its translation break, and the language it is told at.
 * @param {string} original @param {string} text @param {Language} first @param {Language} second
 * @returns {[rule: string, told: Language, written: Language] | undefined}
 */
export function wrongTongue(original, text, first, second) {
  const [one, other] = [wordsOf(original), wordsOf(text)];
  if (one.join(" ") === other.join(" ")) {
    const same = one.length >= LEAST_WORDS && signs(one, first);
    return same ? ["untranslated", second, first] : undefined;
  }
  const ahead = signs(one, first) ? 0 : signs(one, second);
  const behind = signs(other, second) ? 0 : signs(other, first);
  if (ahead && behind) return ["languages-swapped", first, second];
  if (behind >= LEAST_SIGNS) return ["other-language", second, first];
  return ahead >= LEAST_SIGNS ? ["other-language", first, second] : undefined;
}
