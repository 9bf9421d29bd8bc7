/**
 * Where on the page of a case each row of a comparison stands: the rows of its brief first, then
 * what else it tells.  Every function takes the page and returns what goes into the row's cell,
 * nothing when the page does not tell it; what it returns belongs to this page.
 *
 * @typedef {(page: import("../cases/page.js").CasePage, prefix: string) => Element[]} Row
 */

/** @param {string} name @param {string} className @param {(Node | string)[]} content */
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/**
 * Return a copy of an element's content in a new element.
 * @param {CasePage} page @param {string} prefix @param {HTMLElement} from @param {string} name
 * @param {string} [className]
 */
function refill(page, prefix, from, name, className = "") {
  const copy = page.copy(from, prefix);
  return element(name, className, ...copy.childNodes);
}

/**
 * The values of a key fact as a list. @param {string} id of the fact
 * @param {CasePage} page @param {string} prefix
 */
function fact(page, prefix, id) {
  const label = page.one(`#facts [data-fact="${id}"]`);
  const items = [];
  for (let next = label?.nextElementSibling; next?.matches("dd"); next = next.nextElementSibling) {
    items.push(refill(page, prefix, next, "li"));
  }
  return items.length ? [element("ul", "compare-facts", ...items)] : [];
}

/**
 * Copies of whatever a selector finds.
 * @param {CasePage} page @param {string} prefix @param {string} selector
 */
const copies = (page, prefix, selector) => page.all(selector).map((one) => page.copy(one, prefix));

/**
 * An indicator as a list of figures: in a table within a table nobody finds the way.
 * @param {CasePage} page @param {string} prefix @param {HTMLElement} from
 */
function indicator(page, prefix, from) {
  const table = from.querySelector("table");
  if (!table) return differing(page.copy(from, prefix));
  const figures = [...table.querySelectorAll("tbody tr")].map((row) => {
    const [when, value, source] = row.cells;
    if (!when || !value || !source) throw new Error("a row of figures has three cells");
    const copy = page.copy(value, prefix);
    for (const bar of copy.querySelectorAll(".bar")) bar.remove();
    const figure = copy.querySelector(".figure");
    figure?.remove();
    const mark = page.copy(source, prefix);
    const year = element("span", "compare-when", when.textContent.trim());
    const said = element("span", "figure", figure?.textContent ?? "");
    return element("li", "", year, " ", said, " ", ...mark.childNodes, ...copy.childNodes);
  });
  const title = element(
    "p",
    "compare-title",
    table.querySelector("caption")?.textContent.trim() ?? "",
  );
  const notes = [...from.querySelectorAll(":scope > *")].filter((part) => part !== table);
  return element(
    "div",
    "compare-indicator",
    title,
    element("ul", "compare-figures", ...figures),
    ...notes.map((note) => page.copy(note, prefix)),
  );
}

/**
 * Sources that differ; their heading is a line here, since cells hold no headings.
 * @param {HTMLElement} copy
 */
function differing(copy) {
  for (const heading of copy.querySelectorAll("h3")) {
    heading.replaceWith(element("p", "compare-title", ...heading.childNodes));
  }
  return copy;
}

/** @param {CasePage} page @param {string} prefix */
function numbers(page, prefix) {
  return [
    ...page.all("#numbers > :is(.indicator, .differs)").map((one) => indicator(page, prefix, one)),
    ...copies(page, prefix, "#disagreements > .differs").map(differing),
  ];
}

/** @param {CasePage} page @param {string} prefix */
const direction = (page, prefix) => copies(page, prefix, "#direction > p");

/** @param {CasePage} page @param {string} prefix */
function evidence(page, prefix) {
  const level = page.one("#evidence .evidence-level");
  if (!level) return [];
  return [page.copy(level, prefix), ...copies(page, prefix, "#evidence > p:not(.evidence-level)")];
}

/** @param {CasePage} page @param {string} prefix */
function people(page, prefix) {
  const items = page.all("#contacts .contacts > li").map((one) => {
    const copy = page.copy(one, prefix);
    for (const role of copy.querySelectorAll("h3")) {
      role.replaceWith(element("p", "compare-title", ...role.childNodes));
    }
    return copy;
  });
  return items.length ? [element("ul", "compare-people", ...items)] : [];
}

/** @param {CasePage} page @param {string} prefix */
function partners(page, prefix) {
  const items = copies(page, prefix, "#organisations .organisations > li");
  return items.length ? [element("ul", "compare-partners", ...items)] : [];
}

/**
 * Headings within prose become lines in bold.
 * @param {CasePage} page @param {string} prefix @param {string} selector
 */
function prose(page, prefix, selector) {
  return copies(page, prefix, selector).map((copy) => {
    for (const heading of copy.querySelectorAll("h3, h4, h5")) {
      heading.replaceWith(element("p", "compare-title", ...heading.childNodes));
    }
    return copy;
  });
}

/**
 * What is remarked about a key fact. @param {CasePage} page @param {string} prefix
 * @param {string} id of the fact
 */
function remarks(page, prefix, id) {
  return fact(page, prefix, id).flatMap((list) =>
    [...list.querySelectorAll(".remark")].map((one) => element("p", "", ...one.childNodes)),
  );
}

/**
 * What stands in the facts where the brief has no row: that of a mere mention is two lines.
 * @type {Record<string, string[]>}
 */
const FACTS = { groups: ["target_groups"], place: ["places", "period"], measure: ["measures"] };

/**
 * Return what goes into the cell of a row of the brief.
 * @param {string} row @param {import("../cases/page.js").CasePage} page @param {string} prefix
 */
export function briefOf(row, page, prefix) {
  const told = page.one(`[data-brief] [data-row="${CSS.escape(row)}"]`);
  const text = told?.querySelector("dd") ?? told;
  if (text) return [refill(page, prefix, text, "p")];
  if (row === "evidence") return evidence(page, prefix).slice(0, 1);
  return (FACTS[row] ?? []).flatMap((id) => {
    const list = fact(page, prefix, id);
    for (const remark of list.flatMap((one) => [...one.querySelectorAll(".remark")]))
      remark.remove();
    return list;
  });
}

/** @type {Record<string, Row>} by the row's name in the page; all others are facts or sections */
const ROWS = {
  period: (page, prefix) => [
    ...remarks(page, prefix, "period"),
    ...remarks(page, prefix, "status"),
  ],
  partners,
  measure: (page, prefix) => copies(page, prefix, ".summary-measure > p"),
  numbers,
  direction,
  evidence,
  cost: (page, prefix) => [
    ...fact(page, prefix, "funding"),
    ...page.all("#cost > .indicator").map((one) => indicator(page, prefix, one)),
    ...prose(page, prefix, "#economy > .prose"),
  ],
  hard_parts: (page, prefix) => prose(page, prefix, "#hard-parts > .prose"),
  contact: people,
};

/**
 * Return what goes into the cell of a row.
 * @param {string} row @param {import("../cases/page.js").CasePage} page @param {string} prefix
 */
export function contentOf(row, page, prefix) {
  const known = ROWS[row];
  if (known) return known(page, prefix);
  return [...fact(page, prefix, row), ...prose(page, prefix, `#${CSS.escape(row)} > .prose`)];
}

/**
 * What a cell says, for finding rows that are the same: without marks, whose numbers differ.
 * @param {HTMLElement | undefined} cell
 */
export function says(cell) {
  if (!cell) return "";
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const part of copy.querySelectorAll(".mark, .compare-case")) part.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
