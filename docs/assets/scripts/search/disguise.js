/**
 * Words that so many pages have that the index leaves them out of a text stand in it as signs for
 * private use (see hooks/casebook/search/common.py).  Readers get the words.
 */

/** What the words are made of; each sign is two of them, or one and none. */
const LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789éèêóòôüöäáç";
const BASE = LETTERS.length + 1;
const FIRST_SIGN = 0xe000;
const SIGN = /[\ue000-\uf8ff]/g;

/** @param {string} sign */
function lettersOf(sign) {
  const number = sign.charCodeAt(0) - FIRST_SIGN;
  return (LETTERS[Math.floor(number / BASE)] ?? "") + (LETTERS[(number % BASE) - 1] ?? "");
}

/** A text with all of its words. @param {string} text */
function undisguised(text) {
  return text.replace(SIGN, lettersOf);
}

/**
 * The page of a result as readers know it.
 *
 * @param {PagefindResult} result What the index found.
 */
export async function readPage(result) {
  const page = await result.data();
  return page && { ...page, content: undisguised(page.content) };
}
