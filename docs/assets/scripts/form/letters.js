/**
 * Characters that may not stand in a text, since nobody would see them, or not as they are meant.
 *
 * The rules are those of `hooks/casebook/letters/faults.py`; a table of faulty records is run through
 * both in the tests.  Which characters each rule is about comes from there too, as ranges.
 *
 * @typedef {object} Told what the form's data tell of characters
 * @property {string} shown every character that can be shown: the steps to each range and its length
 * @property {Record<string, string>} ranges rule -> the characters that it is about
 * @property {string} joining letters beside which a joiner means something
 * @property {string} right_to_left letters that are read from the right
 * @property {Record<string, string>} names what characters are called that nobody sees
 *
 * @typedef {object} Letters the same, ready for use
 * @property {RegExp} refused @property {RegExp} shown @property {RegExp} pictures
 * @property {[string, RegExp][]} rules @property {RegExp} joining @property {RegExp} rightToLeft
 * @property {Record<string, string>} names
 *
 * @typedef {{start: number, end: number, rule: string, plain?: string, details: Record<string, string>}} Found
 */

const JOINERS = "\u200c\u200d";
const DIRECTIONS = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069";
const REACH = 40;
/** @type {[RegExp, string][]} */
const CATEGORIES = [
  [/[\p{Cc}\p{Cf}]/u, "control-character"],
  [/\p{Co}/u, "private-character"],
  [/[\p{Cn}\p{Cs}]/u, "unassigned-character"],
];

/** @param {number} code */
const escaped = (code) => `\\u{${code.toString(16)}}`;
/** @param {number} first @param {number} last */
const between = (first, last) => `${escaped(first)}-${escaped(last)}`;

/** Return `41-5a 61` as it stands in the brackets of an expression. @param {string} ranges */
function inBrackets(ranges) {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-").map((code) => parseInt(code, 16));
    return between(first, last);
  });
}

/** Return steps and lengths (`1k,2 3`) as they stand in brackets. @param {string} steps */
function fromSteps(steps) {
  let at = 0;
  return steps.split(" ").map((step) => {
    const [gap, more = 0] = step.split(",").map((number) => parseInt(number, 36));
    const first = at + gap;
    at = first + more;
    return between(first, at);
  });
}

/** @param {Told} told @returns {Letters} */
export function lettersOf(told) {
  const shown = fromSteps(told.shown).join("");
  const emoji = inBrackets(told.ranges.emoji).join("");
  /** @param {string} ranges */
  const one = (ranges) => new RegExp(`[${inBrackets(ranges).join("")}]`, "u");
  return {
    refused: new RegExp(`[^${shown}]`, "gu"),
    shown: new RegExp(`^[${shown}]*$`, "u"),
    pictures: new RegExp(
      `[${emoji}](?:[\\ufe0f\\u20e3\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]|\\u200d[${emoji}])*`,
      "uy",
    ),
    rules: Object.entries(told.ranges).map(([rule, ranges]) => [rule, one(ranges)]),
    joining: one(told.joining),
    rightToLeft: one(told.right_to_left),
    names: told.names,
  };
}

/**
 * Yield everything in a text that may not stand where it does, in order.
 * @param {string} words @param {Letters} letters @returns {Generator<Found>}
 */
export function* faultsOfLetters(words, letters) {
  let done = 0;
  for (const { 0: character, index } of words.matchAll(letters.refused)) {
    if (index < done) continue;
    const found = judged(words, index, character, letters);
    if (!found) continue;
    done = found.end;
    yield found;
  }
}

/**
 * Return a text with everything put right that can be put right in one way only, as
 * `casebook format` does it.
 * @param {string} words @param {Letters} letters
 */
export function mended(words, letters) {
  let [text, done] = ["", 0];
  for (const { start, end, plain } of faultsOfLetters(words, letters)) {
    if (plain === undefined) continue;
    text += words.slice(done, start) + plain;
    done = end;
  }
  return (text + words.slice(done))
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part) => (part.startsWith("http") ? part : part.normalize("NFC")))
    .join("");
}

/**
 * @returns {Found | undefined}
 * @param {string} words @param {number} start @param {string} character @param {Letters} letters
 */
function judged(words, start, character, letters) {
  let end = start + character.length;
  if ((JOINERS + DIRECTIONS).includes(character)) {
    const fits = JOINERS.includes(character) ? joins : turns;
    if (fits(words, start, letters)) return undefined;
    return {
      start,
      end,
      rule: "invisible-character",
      plain: "",
      details: { sign: sign(character, letters) },
    };
  }
  let [rule] = letters.rules.find(([, kind]) => kind.test(character)) ?? [];
  let plain = rule === "invisible-character" ? "" : undefined;
  if (rule === "emoji") {
    letters.pictures.lastIndex = start;
    end = start + (letters.pictures.exec(words)?.[0].length ?? character.length);
  } else if (rule === "character-for-print") {
    plain = character.normalize("NFKC");
    if (plain.includes(" ") || !letters.shown.test(plain)) rule = plain = undefined;
  }
  rule ??= CATEGORIES.find(([kind]) => kind.test(character))?.[1] ?? "letter-without-font";
  /** @type {Record<string, string>} */
  const details = { sign: sign(character, letters) };
  if (["emoji", "character-for-print", "letter-without-font"].includes(rule)) {
    details.character = words.slice(start, end);
  }
  if (rule === "character-for-print" && plain) details.plain = plain;
  return { start, end, rule, plain, details };
}

/**
 * Return the name of a character, where we know it, and its number.
 * @param {string} character @param {Letters} letters
 */
function sign(character, letters) {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const name = letters.names[character];
  return name ? `${name}, ${code}` : code;
}

/**
 * Say whether a joiner stands between letters that it changes, or ends one to show its form.
 * @param {string} words @param {number} at @param {Letters} letters
 */
function joins(words, at, letters) {
  const [before = "", after = ""] = [words[at - 1], words[at + 1]];
  return letters.joining.test(before) && (letters.joining.test(after) || words[at] === "\u200d");
}

/**
 * Say whether the letter before or behind a mark of direction is read from the right.
 * @param {string} words @param {number} at @param {Letters} letters
 */
function turns(words, at, letters) {
  const before = words.slice(Math.max(0, at - REACH), at).replace(/.*\n/s, "");
  const behind = words.slice(at + 1, at + 1 + REACH).split("\n")[0];
  const nearest = [before.match(/\p{L}(?=\P{L}*$)/u), behind.match(/\p{L}/u)];
  return nearest.some((letter) => letter && letters.rightToLeft.test(letter[0]));
}
