/**
 * A record as the text of its file, in the form that `casebook format` gives.
 *
 * Only what records need is written: keys, lists and text.  Every text is written so that the
 * reader of records (`hooks/casebook/record/source.py`) gets back the same text, whatever it holds.
 */

const WIDTH = 110;
const STEP = "  ";
// What may stand without quotes: no sign of YAML at the start, no ": " or " #" inside.
const UNSAFE_START = /^[-?:](?=\s|$)|^[,[\]{}#&*!|>'"%@`]|^(---|\.\.\.)/;
const UNSAFE_INSIDE = /:(?=\s|$)|\s#|^\s|\s$/;
const UNSAFE_IN_BRACKETS = /[,[\]{}]/;
const LIST_ITEM = /^(\s*(?:[-*+]|\d+[.)])\s+)/;
// A space between words; sources stay beside the word that they stand for.
const BREAK = /(?<=\S) (?=[^\s[]|\[(?!@))/;
// A word that would mean something else at the start of a line of Markdown.
const STARTS_BLOCK = /^([-+*>#|=~`:]|\d+[.)]|\[[^\]]*\]:)/;

/**
 * Return the text of a record's file.
 * @param {Tree} record fields in their order
 * @param {Field[]} fields
 */
export function yamlOf(record, fields) {
  return `${group(record, fields, "").join("\n")}\n`;
}

/** @param {Tree} value @param {Field[]} fields @param {string} indent */
function group(value, fields, indent) {
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = fields.find((one) => one.name === key);
    return entry(indent + key, inner, field, indent);
  });
}

/**
 * @param {string} start what stands before the colon
 * @param {any} value @param {Field | undefined} field
 * @param {string} indent of the key @returns {string[]}
 */
function entry(start, value, field, indent) {
  const deeper = indent + STEP;
  if (typeof value === "string") return text(`${start}: `, value, deeper, field?.form === "prose");
  if (Array.isArray(value)) return list(start, value, field, deeper);
  if (value === null || !Object.keys(value).length) return [`${start}:`];
  return [`${start}:`, ...inside(value, field, deeper)];
}

/**
 * The lines of what has keys: fields of a group, or texts by language.
 * @param {Tree} value @param {Field | undefined} field @param {string} indent @returns {string[]}
 */
function inside(value, field, indent) {
  if (field?.form === "group" || field?.form === "number")
    return group(value, field.fields, indent);
  return Object.entries(value).flatMap(([key, inner]) =>
    field?.form === "languages"
      ? [`${indent}${key}:`, ...group(inner ?? {}, field.fields, indent + STEP)]
      : entry(indent + key, inner, field, indent),
  );
}

/**
 * @param {string} start @param {any[]} values @param {Field | undefined} field
 * @param {string} indent
 */
function list(start, values, field, indent) {
  if (!values.length) return [`${start}: []`];
  const words = values.every((value) => typeof value === "string" && !/\n/.test(value));
  if (words && field?.form !== "name") {
    const row = `${start}: [${values.map((value) => inBrackets(value)).join(", ")}]`;
    if (row.length <= WIDTH) return [row];
  }
  return [
    `${start}:`,
    ...values.flatMap((value) => {
      if (value === null) return [`${indent}-`];
      if (typeof value === "string") return text(`${indent}- `, value, indent + STEP, false);
      const lines = inside(value, field, indent + STEP);
      if (!lines.length) return [`${indent}- {}`];
      return [`${indent}- ${lines[0].trimStart()}`, ...lines.slice(1)];
    }),
  ];
}

/** @param {string} words */
const isPlain = (words) => words && !UNSAFE_START.test(words) && !UNSAFE_INSIDE.test(words);
/** @param {string} words */
const inBrackets = (words) =>
  isPlain(words) && !UNSAFE_IN_BRACKETS.test(words) ? words : quoted(words);

/** Return the text between double quotes. @param {string} words */
function quoted(words) {
  const safe = words.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return `"${safe}"`;
}

/** @param {string} start @param {string} value @param {string} indent @param {boolean} prose */
function text(start, value, indent, prose) {
  const words = value.trim();
  if (!prose && !words.includes("\n")) {
    const one = isPlain(words) ? words : quoted(words);
    if (start.length + one.length <= WIDTH && !words.includes("\t")) return [start + one];
    return [`${start}>-`, ...folded(words, indent)];
  }
  const lines = words.split("\n").map((line) => line.trimEnd());
  // A first line that is indented would be taken for the indentation of them all: none is left.
  return [
    `${start}|-`,
    ...lines.flatMap((line) => (prose ? broken(line, indent) : [indent + line])),
  ].map((line) => (line.trim() ? line : ""));
}

/**
 * Break one line of text where it gets too long; reading it joins the lines again.
 * @param {string} words @param {string} indent
 */
function folded(words, indent) {
  const lines = [];
  let line = "";
  // More than one space would be lost where a line breaks: such a place stays together.
  for (const word of words.split(BREAK)) {
    if (line && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, indent + line];
}

/**
 * Break a line of Markdown where it gets too long and means the same broken.
 * @param {string} line @param {string} indent
 */
function broken(line, indent) {
  if (/^\s*(\||#|>|```|~~~|\[)|^ {4}/.test(line) || / {2,}\S/.test(line.trim()))
    return [indent + line];
  const hanging = LIST_ITEM.exec(line)?.[1].replace(/\S/g, " ") ?? "";
  const lines = [];
  const lead = line.slice(0, line.length - line.trimStart().length);
  let current = "";
  for (const word of line.trimStart().split(" ")) {
    const next = current ? `${current} ${word}` : lead + word;
    if (current.trim() && indent.length + next.length > WIDTH && !STARTS_BLOCK.test(word)) {
      lines.push(indent + current);
      current = (hanging || lead) + word;
    } else {
      current = next;
    }
  }
  return [...lines, indent + current];
}
