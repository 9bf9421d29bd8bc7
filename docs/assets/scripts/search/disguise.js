/**
 * Words that so many pages have that the index leaves them out of a text stand in it as signs for
 * private use (see hooks/casebook/search/common.py).  Readers get the words.
 */

/** Where the letters were moved to. */
const DISGUISE = 0xe000;
const SIGN = /[\ue000-\uf8ff]/g;

/** A text with all of its words. @param {string} text */
function undisguised(text) {
  return text.replace(SIGN, (sign) => String.fromCharCode(sign.charCodeAt(0) - DISGUISE));
}

/**
 * The page of a result as readers know it.
 *
 * @param {{data: () => Promise<object>}} result What the index found.
 */
export async function readPage(result) {
  const page = await result.data();
  return page && { ...page, content: undisguised(page.content) };
}
