/**
 * Two to four cases side by side: the rows of their briefs, and below them, folded, what else they
 * tell.  What is compared stands in the address and nowhere else; each column is put together from
 * the case's own page (see `rows.js`), so nothing is told twice.
 */
import { CaseFinder } from "../cases/finder.js";
import { CasePage, within } from "../cases/page.js";
import { Picker } from "../cases/picker.js";
import { WordSearch } from "../catalogue/search.js";
import { kept } from "../list/kept.js";
import { MOST, choose } from "../picking/chosen.js";
import { repeatInLanguages } from "../shared/languages.js";
import { Notices } from "../shared/notices.js";
import { Texts } from "../shared/texts.js";
import { readAddress, told, writeAddress } from "./address.js";
import { around, dataOf, find } from "../shared/elements.js";
import { GOES_ON, rest } from "./rest.js";
import { briefOf, contentOf, says } from "./rows.js";

const root = find(document, ".compare");
const language = dataOf(root, "language");
const version = dataOf(root, "version");
const front = new URL(dataOf(root, "root"), document.baseURI);
const texts = new Texts(find(root, ".desk-texts"), language);
const finder = new CaseFinder(new URL(dataOf(root, "data"), document.baseURI), language, version);
const region = find(root, ".compare-region");
const more = find(root, ".compare-more", HTMLDetailsElement);
const [brief, whole] = /** @type {HTMLTableElement[]} */ ([
  ...root.querySelectorAll(".compare-table"),
]);
const tables = [brief, whole];
const status = find(root, ".compare-status");
const hideSame = find(root, ".hide-same", HTMLInputElement);
const notices = new Notices(find(root, ".notices"), status);
const title = document.title;

/**
 * @typedef {object} Column
 * @property {Card} card
 * @property {HTMLElement[]} heads one for each table
 * @property {Map<HTMLTableRowElement, HTMLElement>} cells by row
 */

/**
 * The column of each case that is here, once it was fetched; null: there is no such case.
 * @type {Map<string, Column | null>}
 */
const columns = new Map();
/** @type {string[]} */
let ids = [];
let turn = 0;
/** A cell that says nothing. */
const UNKNOWN = ":scope > .compare-unknown";

/** Take from the address what is compared, and show it. */
async function read() {
  const asked = readAddress(location.search);
  ids = asked.ids;
  hideSame.checked = asked.hideSame;
  notices.clear("missing");
  notices.clear("many");
  if (asked.tooMany) notices.show("many", texts.say("tooMany"));
  await show(asked.unknown);
}

/**
 * Compare other cases: in the address, in this tab's choice, and on the page.
 * @param {string[]} next @param {string} said
 */
async function change(next, said) {
  ids = next;
  choose(next);
  notices.clear("missing");
  notices.clear("many");
  history.pushState(null, "", location.pathname + writeAddress(ids, hideSame.checked));
  await show([], said);
}

/**
 * Show the cases chosen.
 * @param {string[]} unknown what the address names and we do not know @param {string} [said]
 */
async function show(unknown, said = "") {
  const mine = ++turn;
  const asked = ids;
  repeatInLanguages(writeAddress(ids, hideSame.checked));
  if (asked.some((id) => !columns.has(id))) status.textContent = texts.say("loading");
  const lost = await fetchColumns(asked);
  if (mine !== turn) return;
  notices.clear("failed");
  if (lost.length) {
    const names = texts.list(lost.map((id) => texts.say("quoted", { what: nameOf(id) })));
    const all = lost.length === asked.length;
    notices.show("failed", all ? texts.say("failedAll") : texts.say("failed", { what: names }), {
      label: texts.say("retry"),
      run: () => show([]),
    });
  }
  const gone = asked.filter((id) => columns.get(id) === null);
  const strange = [...unknown, ...told(gone)];
  if (strange.length) {
    const names = texts.list(strange.map((what) => texts.say("quoted", { what })));
    notices.show("missing", texts.say("missing", { what: names }));
  }
  // A case that was renamed is called as it is now, and stands there once.
  ids = [...new Set(asked.flatMap((id) => (columns.get(id) === null ? [] : nowCalled(id))))];
  draw(
    ids.filter((id) => columns.has(id)),
    said,
  );
}

/** @param {string} id */
function nowCalled(id) {
  const now = columns.get(id);
  if (now) columns.set(now.card.id, now);
  return now?.card.id ?? id;
}

/** @param {string} id */
const nameOf = (id) => columns.get(id)?.card.title ?? id;

/**
 * Fetch the columns that are not here; return the ids of those that could not be had.
 * @param {string[]} asked @returns {Promise<string[]>}
 */
async function fetchColumns(asked) {
  const wanted = asked.filter((id) => !columns.has(id));
  if (!wanted.length) return [];
  let cards;
  try {
    cards = await finder.byId(wanted);
  } catch {
    return wanted;
  }
  const outcomes = await Promise.all(
    wanted.map(async (id) => {
      const card = cards.get(id);
      if (!card) {
        columns.set(id, null); // there is no such case
        return [];
      }
      try {
        columns.set(id, column(card, await CasePage.fetch(new URL(card.href, front))));
        return [];
      } catch {
        return [id];
      }
    }),
  );
  return outcomes.flat();
}

/** Put together the cells of a case. @param {Card} card @param {CasePage} page @returns {Column} */
function column(card, page) {
  const prefix = `${card.id}-`;
  /** @type {Column["cells"]} */
  const cells = new Map();
  for (const row of brief.tBodies[0].rows) {
    cells.set(row, cell(card, briefOf(dataOf(row, "row"), page, prefix), "unknown"));
  }
  const said = [...cells.values()].map(says).join(". ");
  for (const row of whole.tBodies[0].rows) {
    const name = dataOf(row, "row");
    if (name === "sources") continue; // those of all the other cells
    const content = contentOf(name, page, prefix);
    const shown = GOES_ON.has(name) ? rest(content, said) : content;
    const silent = name === "numbers" ? "noNumbers" : "unknown";
    cells.set(row, cell(card, shown, content.length ? "noMore" : silent));
  }
  const last = [...whole.tBodies[0].rows].filter((row) => dataOf(row, "row") === "sources");
  for (const row of last) {
    cells.set(row, cell(card, page.sources([...cells.values()], prefix), "unknown"));
  }
  leadOut([...cells.values()], page, prefix);
  return { card, heads: [head(card, true), head(card, false)], cells };
}

/**
 * Let links to parts of the case that are not compared lead to its own page.
 * @param {Element[]} cells @param {CasePage} page @param {string} prefix
 */
function leadOut(cells, page, prefix) {
  for (const link of cells.flatMap((one) => [...one.querySelectorAll('a[href^="#"]')])) {
    const id = (link.getAttribute("href") ?? "").slice(1);
    if (cells.some((one) => one.querySelector(`#${CSS.escape(id)}`))) continue;
    link.href = within(new URL(`#${id.slice(prefix.length)}`, page.address));
  }
}

/**
 * @param {Card} card @param {Element[]} content
 * @param {string} silent what stands there when the case's page says nothing
 */
function cell(card, content, silent) {
  const made = document.createElement("td");
  made.setAttribute("role", "cell");
  const of = Object.assign(document.createElement("span"), { textContent: card.title });
  of.className = "compare-case";
  of.ariaHidden = "true"; // said by the column's heading
  made.append(of);
  if (content.length) made.append(...content);
  else {
    const line = document.createElement("p");
    line.className = "compare-unknown";
    line.textContent = texts.say(silent);
    made.append(line);
  }
  return made;
}

/** @param {Card} card @param {boolean} canRemove */
function head(card, canRemove) {
  const made = document.createElement("th");
  made.scope = "col";
  made.setAttribute("role", "columnheader");
  const link = Object.assign(document.createElement("a"), { textContent: card.title });
  link.href = within(new URL(card.href, front));
  made.append(link);
  if (!canRemove) return made;
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.className = "link-button compare-remove";
  button.textContent = texts.say("remove");
  button.ariaLabel = texts.say("removeCase", { title: card.title });
  button.addEventListener("click", async () => {
    const next = ids.filter((id) => id !== card.id);
    await change(next, texts.say("removed", { title: card.title }));
    status.focus();
  });
  made.append(" ", button);
  return made;
}

/** The rows of the tables below their heads. */
const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);

/** Put the columns into the table. @param {string[]} here @param {string} said */
function draw(here, said) {
  const shown = here.flatMap((id) => columns.get(id) ?? []);
  tables.forEach((table, place) => {
    const heads = find(table, "thead tr");
    heads.replaceChildren(find(heads, ":scope > *"), ...shown.map((one) => one.heads[place]));
    table.dataset.columns = String(shown.length);
  });
  for (const row of rows) {
    const cells = shown.flatMap((one) => one.cells.get(row) ?? []);
    row.replaceChildren(find(row, ":scope > *"), ...cells);
  }
  region.hidden = shown.length === 0;
  find(root, ".compare-empty").hidden = ids.length > 0;
  find(root, ".compare-one-more").hidden = shown.length !== 1;
  find(root, ".compare-switches").hidden = shown.length < 2;
  const full = ids.length >= MOST;
  find(root, ".picker").hidden = full;
  find(root, ".picker-full").hidden = !full;
  const names = shown.map((one) => one.card.title);
  document.documentElement.dataset.address = location.href;
  repeatInLanguages(writeAddress(ids, hideSame.checked));
  document.title = names.length ? texts.say("title", { what: texts.list(names) }) : title;
  status.textContent = [said, hideSameRows(shown)].filter(Boolean).join(" ");
}

/**
 * Hide the rows that are the same for all, when that is wished; return what to say of it.
 * @param {Column[]} shown
 */
function hideSameRows(shown) {
  const isWished = hideSame.checked && shown.length > 1;
  const same = rows.filter((row) => {
    const cells = shown.flatMap((one) => one.cells.get(row) ?? []);
    // A row of which no case tells more is nothing to unfold.
    const isSilent = more.contains(row) && cells.every((one) => one.querySelector(UNKNOWN));
    const isSame = isWished && new Set(cells.map(says)).size === 1;
    row.hidden = isSilent || isSame;
    return isSame && !isSilent;
  });
  if (!isWished) return "";
  const names = same.map((row) => find(row, ":scope > *").textContent);
  return same.length
    ? texts.count("hidden", same.length, { what: texts.list(names) })
    : texts.say("noneSame");
}

new Picker(find(root, ".picker"), finder, new WordSearch(front, language, version), texts, {
  pick: (card) => change([...ids, card.id], texts.say("added", { title: card.title })),
  leaveOut: () => ids,
  suggest: () => kept.read().items.map((item) => item.id),
});
hideSame.addEventListener("change", () => {
  history.replaceState(null, "", location.pathname + writeAddress(ids, hideSame.checked));
  draw(
    ids.filter((id) => columns.get(id)),
    "",
  );
});
// A mark leads to its source, which is folded away; on paper nothing is.
root.addEventListener("click", (event) => {
  const id = around(event, "a[href^='#']")?.getAttribute("href")?.slice(1);
  if (id && more.querySelector(`#${CSS.escape(id)}`)) more.open = true;
});
let wasOpen = false;
addEventListener("beforeprint", () => {
  wasOpen = more.open;
  more.open = true;
});
addEventListener("afterprint", () => {
  more.open = wasOpen;
});
find(root, "[data-print]").addEventListener("click", () => print());
addEventListener("popstate", read);
await read();
