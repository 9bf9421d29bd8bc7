/** What is wrong, and what to do about it: the site's own strings with their places filled. */

const PLACE = /\{\{|\}\}|\{(\w+)\}/g;

/**
 * Fill `{name}` in a string; `{{` and `}}` stand for braces.
 * @param {string} text @param {Record<string, unknown>} values
 */
export function filled(text, values) {
  return text.replace(PLACE, (whole, name) =>
    name === undefined ? whole[0] : String(values[name] ?? whole),
  );
}

/**
 * Return message and hint of a fault; with a close match the hint proposes it.  A rule may have words
 * of its own for how a field is filled in.
 * @param {import("./rules.js").Fault} fault
 * @param {Record<string, {message: string, hint: string, near?: string}>} rules the strings
 * @returns {{message: string, hint: string}}
 */
export function told(fault, rules) {
  const { message, hint, near } = rules[`${fault.rule}-${fault.details.how}`] ?? rules[fault.rule];
  return {
    message: filled(message, fault.details),
    hint: filled(fault.details.closest ? (near ?? hint) : hint, fault.details),
  };
}
