/**
 * What people have filled in: copies of checklists and worksheets, in every language the same.
 *
 * Answers belong to the id of their point and are kept also when the page no longer has it.  All of
 * it may come from storage or from a file, so everything is let through by its shape.
 *
 * @typedef {"agreed" | "irrelevant"} State of a point; without one it is open
 *
 * @typedef {object} Answer to one point; nothing stands for what was not filled in
 * @property {State} [state]
 * @property {string} [answer]
 * @property {string} [who] is responsible
 * @property {Record<string, string[]>} [choices] facet -> terms
 * @property {boolean} [taken] from a case, and not changed since
 *
 * @typedef {object} Copy
 * @property {string} form the page that it fills in, such as "sjekklister/tiltaksavtale"
 * @property {string} name "" for none
 * @property {{id: string, title: string}} [from] the case that it was started from
 * @property {Record<string, Answer>} points
 *
 * @typedef {object} Answers
 * @property {Record<string, Copy>} copies
 * @property {Record<string, string>} last form -> the copy that was open last
 */

export const VERSION = 1;
/** @type {State[]} */
export const STATES = ["agreed", "irrelevant"];
/** Longer texts than anyone writes here are cut; the fields say so too. */
export const LIMITS = { name: 120, answer: 20_000, who: 200, title: 300 };
const MOST = { copies: 300, points: 500, facets: 12, terms: 200 };
/** Control characters, halves of characters, and what no XML may hold. */
const NOT_IN_TEXT = /[\p{Cs}\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/gu;
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
const TERM = /^[a-z0-9][a-z0-9_-]{0,79}$/;
const FORM = /^[a-z0-9-]{1,60}(\/[a-z0-9-]{1,60}){0,5}$/;

/**
 * Say whether a text may be the id of a copy, a point or a case.
 * @param {unknown} id @returns {id is string}
 */
export const isId = (id) => typeof id === "string" && ID.test(id);

/** @returns {Answers} */
export const empty = () => ({ copies: {}, last: {} });

/**
 * Return a copy of which nothing is filled in.
 * @param {string} form @param {string} [name] @returns {Copy}
 */
export const blank = (form, name = "") => ({ form, name, points: {} });

/** Return a new id for a copy; it tells nothing of what is in it. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `k${[...bytes].map((byte) => (byte % 36).toString(36)).join("")}`;
}

/** Return a copy, if there is one. @param {Answers} answers @param {string} id @returns {?Copy} */
export const copyOf = (answers, id) =>
  Object.hasOwn(answers.copies, id) ? answers.copies[id] : null;

/**
 * Return the answer to a point, {} for none.
 * @param {?Copy} copy @param {string} point @returns {Answer}
 */
export const answerTo = (copy, point) =>
  copy && Object.hasOwn(copy.points, point) ? copy.points[point] : {};

/** Return the copies of a form, by name. @param {Answers} answers @param {string} form */
export function copiesOf(answers, form) {
  return Object.entries(answers.copies)
    .filter(([, copy]) => copy.form === form)
    .sort(([one, a], [other, b]) => a.name.localeCompare(b.name) || (one < other ? -1 : 1));
}

/**
 * Put an answer in; one that says nothing is taken out.
 * @param {Copy} copy is changed @param {string} point @param {Answer} part what is new of it
 */
export function answer(copy, point, part) {
  const merged = cleanAnswer({ ...answerTo(copy, point), ...part });
  if (Object.keys(merged).length) copy.points[point] = merged;
  else delete copy.points[point];
}

/** Let through what is kept of answers. @param {unknown} value @returns {?Answers} */
export function clean(value) {
  if (!isObject(value) || !isObject(value.copies)) return null;
  const answers = empty();
  for (const [id, copy] of Object.entries(value.copies).slice(0, MOST.copies)) {
    const cleaned = isId(id) ? cleanCopy(copy) : null;
    if (cleaned) answers.copies[id] = cleaned;
  }
  for (const [form, id] of Object.entries(Object(value.last))) {
    if (copyOf(answers, id)?.form === form) answers.last[form] = id;
  }
  return answers;
}

/** Let through what is a copy. @param {unknown} value @returns {?Copy} */
export function cleanCopy(value) {
  if (!isObject(value) || !isObject(value.points)) return null;
  if (typeof value.form !== "string" || !FORM.test(value.form)) return null;
  const copy = blank(value.form, line(value.name, LIMITS.name));
  if (isObject(value.from) && isId(value.from.id)) {
    copy.from = { id: value.from.id, title: line(value.from.title, LIMITS.title) };
  }
  for (const [id, part] of Object.entries(value.points).slice(0, MOST.points)) {
    if (isId(id) && isObject(part)) answer(copy, id, part);
  }
  return copy;
}

/** @param {Record<string, unknown>} value */
function cleanAnswer(value) {
  /** @type {Answer} */
  const part = {};
  const state = STATES.find((known) => known === value.state);
  if (state) part.state = state;
  const text = words(value.answer, LIMITS.answer);
  if (text.trim()) part.answer = text;
  const who = line(value.who, LIMITS.who);
  if (who.trim()) part.who = who;
  const choices = cleanChoices(value.choices);
  if (Object.keys(choices).length) part.choices = choices;
  if (value.taken === true && (part.answer || part.choices)) part.taken = true;
  return part;
}

/** @param {unknown} value */
function cleanChoices(value) {
  /** @type {Record<string, string[]>} */
  const choices = {};
  if (!isObject(value)) return choices;
  for (const [facet, terms] of Object.entries(value).slice(0, MOST.facets)) {
    if (!TERM.test(facet) || !Array.isArray(terms)) continue;
    const known = terms.filter((term) => typeof term === "string" && TERM.test(term));
    if (known.length) choices[facet] = [...new Set(known)].slice(0, MOST.terms);
  }
  return choices;
}

/**
 * Return a text without characters that no file or page may hold.
 * @param {unknown} value @param {number} limit
 */
function words(value, limit) {
  if (typeof value !== "string") return "";
  const whole = value.slice(0, limit).replace(/\r\n?/g, "\n");
  return whole.replace(NOT_IN_TEXT, "");
}

/** @param {unknown} value @param {number} limit */
const line = (value, limit) => words(value, limit).replace(/\s*\n\s*/g, " ");

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// --- files ---------------------------------------------------------------------------------------

const KIND = "kunnskapsbanken/form";

/** Return a copy as the text of a file. @param {Copy} copy */
export function writeFile(copy) {
  return `${JSON.stringify({ type: KIND, version: VERSION, ...copy }, null, 2)}\n`;
}

/**
 * Take a copy from the content of a file.
 * @param {unknown} content
 * @returns {?{copy: Copy} | "newer"} null when it is no such file
 */
export function readFile(content) {
  if (!isObject(content) || content.type !== KIND || !Number.isInteger(content.version))
    return null;
  if (Number(content.version) > VERSION) return "newer";
  const copy = cleanCopy(content);
  return copy ? { copy } : null;
}

// --- how far one has come ------------------------------------------------------------------------

/**
 * Count what is settled.
 * @param {?Copy} copy @param {string[]} points of the page @param {boolean} isChecklist
 */
export function progress(copy, points, isChecklist) {
  const answers = points.map((point) => answerTo(copy, point));
  const irrelevant = answers.filter((it) => isChecklist && it.state === "irrelevant").length;
  const done = answers.filter((it) =>
    isChecklist ? it.state === "agreed" : it.answer || it.choices,
  ).length;
  return { done, total: points.length - irrelevant, irrelevant };
}
