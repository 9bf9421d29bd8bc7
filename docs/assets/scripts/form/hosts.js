/**
 * Names of hosts that look like another, since some of their letters do.
 *
 * The rule is that of `hooks/casebook/record/hosts.py`; the tests compare both for every letter that can be
 * shown.
 */

/** The scripts of letters that can be shown. @type {[name: string, script: RegExp][]} */
const SCRIPTS = [
  ..."Latin Greek Cyrillic Arabic Armenian Bengali Devanagari Ethiopic Georgian Gurmukhi".split(
    " ",
  ),
  ..."Han Hangul Hebrew Hiragana Katakana Khmer Lao Malayalam Myanmar Sinhala Syriac".split(" "),
  ..."Tamil Thai Tifinagh".split(" "),
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, "u")]);

const LATIN = /\p{Script=Latin}/u;

/** Say whether the host of a web address may be read as another. @param {string} address */
export function looksAlike(address) {
  const host = /^https?:\/\/([^/?#:]*)/i.exec(address)?.[1].toLowerCase() ?? "";
  if (/^[\x00-\x7f]*$/.test(host)) return false;
  const scripts = new Set((host.match(/\p{L}/gu) ?? []).map(scriptOf));
  return scripts.size > 1 || /[^\p{L}\p{N}.-]/u.test(host);
}

/**
 * Return the script of a letter; one that only looks like a Latin letter has one of its own.
 * @param {string} letter
 */
function scriptOf(letter) {
  if (letter.normalize("NFKC") !== letter && LATIN.test(letter)) return letter;
  return SCRIPTS.find(([, script]) => script.test(letter))?.[0] ?? letter;
}
