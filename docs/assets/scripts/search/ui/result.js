/** One result as it stands in the list: title, kind and place, words around the match, parts. */

/** Make an element. @param {string} name @param {string} className @param {...(Node | string)} parts */
function make(name, className, ...parts) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...parts);
  return element;
}

/**
 * The text of an excerpt, with nothing of its HTML but the marks.
 *
 * @param {string} html
 * @returns {(Node | string)[]}
 */
function marked(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].map((node) =>
    node.nodeName === "MARK" ? make("mark", "", node.textContent) : node.textContent,
  );
}

/**
 * A title in which the words that matched in the text are marked too.
 *
 * @param {string} title
 * @param {string} excerpt
 * @returns {(Node | string)[]}
 */
function markedTitle(title, excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const matched = new Set([...body.querySelectorAll("mark")].flatMap((m) => words(m.textContent)));
  return title
    .split(/([\p{L}\p{N}]+)/u)
    .map((part) => (matched.has(part.toLowerCase()) ? make("mark", "", part) : part));
}

/** A link to a page or to a part of it. @param {string} url @param {...(Node | string)} parts */
function link(url, ...parts) {
  const element = make("a", "search-result-link", ...parts);
  element.href = url;
  return element;
}

/**
 * @param {object} result a page as the search tells of it
 * @param {object[]} parts the parts of the page that match
 * @returns {HTMLLIElement}
 */
export function renderResult({ url, meta, filters, excerpt }, parts) {
  const type = make("span", "search-type", meta.type ?? "");
  [type.dataset.type] = filters.type ?? [""];
  const about = make("p", "search-result-about", type);
  if (meta.place) about.append(" ", make("span", "", meta.place));
  const item = make(
    "li",
    "search-result",
    make("h3", "search-result-title", link(url, ...markedTitle(meta.title, excerpt))),
    about,
    make("p", "search-result-excerpt", ...marked(excerpt)),
  );
  if (parts.length) {
    const rows = parts.map((part) => make("li", "", link(part.url, part.title)));
    item.append(make("ul", "search-result-parts", ...rows));
  }
  return item;
}
