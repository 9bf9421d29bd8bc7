/**
 * A record while it is written: the plain tree of its file, looked up and changed by paths.
 */

const ONE_LINE = ["line", "name", "name-or-line"];

/** Return what stands at a path, or undefined. @param {any} tree @param {Path} path @returns {any} */
export function at(tree, path) {
  return path.reduce(
    (node, step) => (Object(node) === node && Object.hasOwn(node, step) ? node[step] : undefined),
    tree,
  );
}

/**
 * Put a value at a path; what leads there is made.  An undefined value takes the place away.
 * @param {Tree} tree @param {Path} path @param {unknown} value
 */
export function put(tree, path, value) {
  const last = path[path.length - 1];
  if (last === undefined) return;
  /** @type {any} */
  let node = tree;
  for (const [place, step] of path.slice(0, -1).entries()) {
    const inner = node[step];
    const fits = typeof path[place + 1] === "number" ? Array.isArray(inner) : isGroup(inner);
    if (!fits) {
      if (value === undefined) return;
      node[step] = typeof path[place + 1] === "number" ? [] : {};
    }
    node = node[step];
  }
  if (value !== undefined) node[last] = value;
  else if (Array.isArray(node)) node.splice(Number(last), 1);
  else delete node[last];
}

/** @param {unknown} node @returns {node is Tree} */
const isGroup = (node) => typeof node === "object" && node !== null && !Array.isArray(node);

/**
 * Return the record as it is written to a file: fields in their order, nothing that is empty.
 *
 * A list keeps an item that was added and holds nothing yet, so that one is told of it.
 * @param {Field[]} fields @param {Tree} tree @returns {Tree}
 */
export function inOrder(fields, tree) {
  const known = fields.filter((field) => field.name in tree).map((field) => field.name);
  const others = Object.keys(tree).filter((key) => !known.includes(key));
  const entries = [...known, ...others].map((key) => {
    const field = fields.find((one) => one.name === key);
    return /** @type {const} */ ([key, ordered(field, tree[key])]);
  });
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

/**
 * Return a text as its file has it: line breaks only where the field has room for them.
 * @param {Field | undefined} field @param {string} words
 */
const tidy = (field, words) =>
  field && ONE_LINE.includes(field.form)
    ? words.replace(/\s*[\t\r\n]\s*/g, " ").trim()
    : words.replace(/\r\n?/g, "\n");

/** @param {Field | undefined} field @param {unknown} value @returns {unknown} */
function ordered(field, value) {
  if (typeof value === "string") return value.trim() ? tidy(field, value) : null;
  if (Array.isArray(value)) {
    return value.map((item) => ordered(field, item) ?? (isGroup(item) ? {} : null));
  }
  if (!isGroup(value)) return value ?? null;
  if (field?.form === "group" || field?.form === "number") return inOrder(field.fields, value);
  const inside = field?.form === "languages" ? { ...field, form: "group" } : field;
  const entries = Object.entries(value).map(
    ([key, inner]) => /** @type {const} */ ([key, ordered(inside, inner)]),
  );
  return Object.fromEntries(entries.filter(([, inner]) => !isEmpty(inner)));
}

/** Say whether a value holds nothing. @param {unknown} value */
export function isEmpty(value) {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return !value.length;
  return isGroup(value) && !Object.keys(value).length;
}

/**
 * Return what may be used of an untrusted tree: objects, arrays and texts, not too deep; or null.
 * @param {unknown} value @param {number} [depth] @returns {any}
 */
export function cleanTree(value, depth = 12) {
  if (value === null || typeof value === "string") return value;
  if (!depth || typeof value !== "object") return null;
  if (Array.isArray(value)) return value.map((item) => cleanTree(item, depth - 1));
  const safe = Object.entries(value).filter(([key]) => /^[a-z_]{1,40}$/.test(key));
  return Object.fromEntries(safe.map(([key, inner]) => [key, cleanTree(inner, depth - 1)]));
}
