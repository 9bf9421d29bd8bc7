/**
 * Texts that would keep what reads Markdown busy for long.
 *
 * The rules are those of `hooks/casebook/record/effort.py`; a table of faulty records is run through both in
 * the tests.  The limits come with the form's data.
 *
 * @typedef {object} Limits
 * @property {number} items of a list
 * @property {number} structures pasted structures of one text that are told
 * @property {number} work brackets and the like, times the length of their paragraph
 * @property {number} lines the square of the lines of a block
 * @property {number} nesting how far in a line may begin
 * @property {number} abbreviations
 * @property {number} emphasis signs of it in a row
 */

const BLANK = /\n[ \t]*\n/;
const NESTED = /^(?:[ \t]+|[-*+:](?=[ \t])|>|\d{1,9}[.)](?=[ \t]))+/gm;
const ABBREVIATION = /^[ \t]*\*\[/gm;

/** Count characters as people do, more or less: code points. @param {string} words */
export const lengthOf = (words) => [...words].length;

/** @param {string} text @param {string} words */
const count = (text, words) => text.split(words).length - 1;

/** Return the rule that a text breaks, or nothing. @param {string} text @param {Limits} limits */
export function tooHard(text, limits) {
  for (const [start] of text.matchAll(NESTED)) {
    if (start.length > limits.nesting) return "too-nested";
  }
  const runs = text.match(/[*_]+/g) ?? [];
  if (runs.some((run) => run.length > limits.emphasis)) return "too-many-signs";
  let [work, lines] = [0, 0];
  for (const block of text.split(BLANK)) {
    const marks = count(block, "[") + count(block, "<") + count(block, "`");
    work += marks * lengthOf(block);
    lines += (count(block, "\n") + 1) ** 2;
    if (work > limits.work) return "too-many-signs";
    if (lines > limits.lines) return "too-many-lines";
  }
  if (count(text, "<![") * lengthOf(text) > limits.work) return "too-many-signs";
  return [...text.matchAll(ABBREVIATION)].length > limits.abbreviations
    ? "too-many-lines"
    : undefined;
}
