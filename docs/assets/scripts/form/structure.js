/**
 * Structure that people paste into a text, and that would be shown as raw signs: headings, tables,
 * lists on one line and the like.
 *
 * What gives it away stands in `hooks/casebook/record/structure.py` and comes with the form's data; a table
 * of faulty records is run through both in the tests.
 *
 * @typedef {{pattern: RegExp, rules: Record<string, string>, block: boolean}} Sign
 */

import { onOneLine } from "./texts.js";

const SHOWN = 60;

/**
 * Make the signs in the form's data ready for use. @returns {Sign[]}
 * @param {FormDescription["structure"]} data
 */
export const signsOf = (data) =>
  data.map(([pattern, rules, block]) => ({ pattern: new RegExp(pattern, "gmu"), rules, block }));

/**
 * Yield what would be shown as raw signs in a text of a form.
 * @param {string} text @param {string} form "prose", "text", "line" or "name" @param {Sign[]} signs
 * @returns {Generator<{rule: string, details: Record<string, string>}>}
 */
export function* faultsOfStructure(text, form, signs) {
  const taken = new Uint8Array(text.length);
  for (const { pattern, rules, block } of signs) {
    if (!rules[form]) continue;
    for (const { 0: all, 1: words, index } of text.matchAll(pattern)) {
      if (block) {
        const place = taken.subarray(index, index + all.length);
        if (place.includes(1)) continue;
        place.fill(1);
      }
      const shown = short(onOneLine(words));
      yield { rule: rules[form], details: { words: shown, address: shown } };
    }
  }
}

/** @param {string} words */
function short(words) {
  const characters = [...words];
  return characters.length <= SHOWN ? words : `${characters.slice(0, SHOWN).join("").trimEnd()}…`;
}
