/** Put values where a text has {names}. @param {string} text @param {Record<string, unknown>} values */
export function fill(text = "", values = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
