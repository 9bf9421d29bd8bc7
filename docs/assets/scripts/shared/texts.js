/**
 * The words that a script puts on the page, in the page's language.  They stand in
 * the page as data attributes of one element, so they come from the same files as all other words.
 */
export class Texts {
  #texts;
  #plural;
  #number;
  #list;
  #either;

  /** @param {HTMLElement} element that carries them @param {string} language */
  constructor(element, language) {
    this.#texts = element.dataset;
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
    this.#list = new Intl.ListFormat(language, { type: "conjunction" });
    this.#either = new Intl.ListFormat(language, { type: "disjunction" });
  }

  /**
   * Return a text with its placeholders filled.
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const text = this.#texts[key];
    if (text === undefined) throw new Error(`no text ${key} on the page`);
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      typeof values[name] === "number" ? this.number(values[name]) : (values[name] ?? whole),
    );
  }

  /**
   * Return a text in the plural form a number takes: `keyOne`, `keyOther` and so on.
   * @param {string} key @param {number} value @param {Record<string, string | number>} [more]
   */
  count(key, value, more = {}) {
    const form = this.#plural.select(value);
    const named = `${key}${form[0].toUpperCase()}${form.slice(1)}`;
    return this.say(named in this.#texts ? named : `${key}Other`, { value, ...more });
  }

  /** Write a number as the language does. @param {number} value */
  number(value) {
    return this.#number.format(value);
  }

  /** Join as the language does: "a, b and c". @param {string[]} parts */
  list(parts) {
    return this.#list.format(parts);
  }

  /** Join what is to choose from as the language does: "a, b or c". @param {string[]} parts */
  either(parts) {
    return this.#either.format(parts);
  }
}
