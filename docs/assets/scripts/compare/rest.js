/**
 * What the page of a case tells beyond its brief.  The brief is made of whole sentences of the case,
 * so a text that begins with what the brief says goes on from there, and is not told twice.
 */
import { says } from "./rows.js";

/** Rows that tell more of something that the brief tells. */
export const GOES_ON = new Set(
  "target_groups period measure direction evidence cost hard_parts contact".split(" "),
);
const BLOCKS = "p, li, h3, .figure-note";
const SENTENCE = /.+?(?:[.!?:](?=\s|$)|$)\s*/g;

/**
 * Say how much of a text is said already, in letters: as many whole sentences of its beginning as
 * stand in what was said.  A name before a colon ("Covers: …") may be missing there.
 * @param {string} text @param {string} said
 */
export function saidOf(text, said) {
  let letters = 0;
  let lead = "";
  for (const [sentence] of text.matchAll(SENTENCE)) {
    lead += sentence;
    const isSaid = said.includes(sentence.trim());
    if (!isSaid && sentence.trim().endsWith(":")) continue;
    if (!isSaid) break;
    letters += lettersOf(lead);
    lead = "";
  }
  return letters;
}

/** @param {string} text */
const lettersOf = (text) => text.replace(/\s/g, "").length;

/**
 * Take out of the content of a cell what was said already.
 * @param {Element[]} content @param {string} said in the brief, as `says` reads it
 */
export function rest(content, said) {
  const root = document.createElement("div");
  root.append(...content);
  for (const figure of root.querySelectorAll(".compare-figures > li")) takeFigure(figure, said);
  const blocks = [...root.querySelectorAll(BLOCKS)];
  for (const block of blocks.filter((one) => !one.querySelector(BLOCKS))) take(block, said);
  const holders = [...root.querySelectorAll("li, ul, ol, .prose, .compare-indicator")];
  for (const one of holders.reverse()) {
    const isEmpty = one.matches(".compare-indicator") ? !one.querySelector("li") : !says(one);
    if (isEmpty) one.remove();
  }
  return [...root.children];
}

/** A figure and when it was counted: "100 kroner (2016)". @param {Element} item @param {string} said */
function takeFigure(item, said) {
  const parts = [".figure", ".compare-when"].map((name) => item.querySelector(name));
  const [figure, when] = parts.map((part) => (part?.textContent ?? "").replace(/\s+/g, " ").trim());
  if (!said.includes(`${figure} (${when})`)) return;
  for (const part of [...parts, item.querySelector(":scope > .mark")]) part?.remove();
}

/** @param {HTMLElement} block @param {string} said */
function take(block, said) {
  const text = says(block);
  let letters = saidOf(text, said);
  if (!letters) return;
  if (letters === lettersOf(text)) {
    block.remove();
    return;
  }
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (letters && texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode);
    if (node.parentElement?.closest(".mark")) continue;
    const length = lettersOf(node.data);
    let end = node.data.length;
    if (length > letters) for (end = 0; lettersOf(node.data.slice(0, end)) < letters; ) end++;
    node.data = node.data.slice(end);
    letters -= Math.min(length, letters);
  }
  // What only belonged to it goes as well: its marks, its emphasis.
  while (block.firstChild && !says(wrapped(block.firstChild))) block.firstChild.remove();
}

/** @param {Node} node */
function wrapped(node) {
  const around = document.createElement("div");
  around.append(node.cloneNode(true));
  return around;
}
