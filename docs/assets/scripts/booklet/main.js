/**
 * The reader's list as a booklet: cover, contents, the briefs of the cases with the reader's notes,
 * words explained, and contacts at the end, in the order of the list.  The browser prints it.
 *
 * The list is the one this browser keeps, or one that stands behind the "#" of the address.  Where
 * the address asks for it (`?cases=whole`), the cases stand in full instead.
 */
import { CaseFinder } from "../cases/finder.js";
import { CasePage, within } from "../cases/page.js";
import { asFragment, fromFragment, namesList } from "../list/exchange.js";
import { kept } from "../list/kept.js";
import { cleanLine, emptyList } from "../list/list.js";
import { longDate } from "../shared/dates.js";
import { repeatInLanguages } from "../shared/languages.js";
import { Notices } from "../shared/notices.js";
import { Texts } from "../shared/texts.js";
import { chapter } from "./chapter.js";
import { fromTemplate, dataOf, find } from "../shared/elements.js";

/** @typedef {import("./chapter.js").Chapter} Chapter */

/** Pages of cases that are fetched at the same time. */
const AT_ONCE = 6;

const root = find(document, ".booklet");
const language = dataOf(root, "language");
const version = dataOf(root, "version");
const front = new URL(dataOf(root, "root"), document.baseURI);
const texts = new Texts(find(root, ".desk-texts"), language);
const finder = new CaseFinder(new URL(dataOf(root, "data"), document.baseURI), language, version);
const status = find(root, ".booklet-status");
const notices = new Notices(find(root, ".notices"), status);
const field = find(root, "#booklet-title", HTMLInputElement);
const button = find(root, ".booklet-print");
const isWhole = find(root, ".booklet-whole", HTMLInputElement);
const shape = find(root, ".case-shape", HTMLTemplateElement);
/** @param {string} name */
const part = (name) => find(root, `.booklet-${name}`);

/** The list of the address, where it names one. */
const shared = namesList(location.hash) ? (fromFragment(location.hash) ?? emptyList()) : null;
/**
 * Id of a case -> its page, once it was fetched; null: there is no such case.
 * @type {Map<string, CasePage | null>}
 */
const pages = new Map();
let turn = 0;

/** The list that is printed. @returns {import("../list/list.js").List} */
const listOf = () => shared ?? kept.read();

/** Put the title on the cover, in the window's title, and so in the name of a PDF. */
function entitle() {
  const title = listOf().title || texts.say("unnamed");
  if (field.value !== listOf().title && document.activeElement !== field) {
    field.value = listOf().title;
  }
  part("title").textContent = title;
  document.title = texts.say("title", { title });
  document.documentElement.dataset.address = title; // in the foot of each sheet
}

/** Fetch what is missing, and put the booklet together. */
async function make() {
  const mine = ++turn;
  const { items } = listOf();
  const ids = items.map((item) => item.id);
  button.ariaDisabled = "true";
  const lost = await fetchPages(ids, (done) => {
    if (mine === turn) status.textContent = texts.say("loading", { done, total: ids.length });
  });
  if (mine !== turn) return;
  const here = items.filter((item) => pages.get(item.id));
  const gone = ids.filter((id) => pages.get(id) === null);
  tell("failed", lost, { label: texts.say("retry"), run: make });
  tell("gone", gone);
  fill(here);
  button.ariaDisabled = String(here.length === 0);
  status.textContent = here.length ? texts.count("ready", here.length) : texts.say("empty");
}

/**
 * Tell of some cases in a message of its own.
 * @param {string} kind @param {string[]} ids @param {{label: string, run: () => void}} [action]
 */
function tell(kind, ids, action) {
  notices.clear(kind);
  if (!ids.length) return;
  const names = texts.list(ids.map((what) => texts.say("quoted", { what })));
  notices.show(kind, texts.say(kind, { what: names }), action);
}

/**
 * Fetch the pages of cases, a few at a time; return the ids of those that could not be had.
 * @param {string[]} ids @param {(done: number) => void} progress
 */
async function fetchPages(ids, progress) {
  const wanted = ids.filter((id) => !pages.has(id));
  let cards;
  try {
    cards = await finder.byId(wanted);
  } catch {
    return wanted;
  }
  /** @type {string[]} */
  const lost = [];
  const rest = [...wanted];
  const fetchNext = async () => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      const card = cards.get(id);
      try {
        pages.set(id, card ? await CasePage.fetch(new URL(card.href, front)) : null);
      } catch {
        lost.push(id);
      }
      progress(ids.filter((one) => pages.has(one)).length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  return ids.filter((id) => lost.includes(id));
}

/**
 * Put the booklet together of pages that are here.
 * @param {import("../list/list.js").Item[]} items
 */
function fill(items) {
  const sheets = find(root, ".booklet-pages");
  sheets.dataset.edition = isWhole.checked ? "whole" : "brief";
  sheets.hidden = items.length === 0;
  /** @type {Map<string, Chapter["words"][number]>} */
  const words = new Map();
  /** @type {HTMLElement[]} */
  const contents = [];
  /** @type {HTMLElement[]} */
  const cases = [];
  /** @type {HTMLElement[]} */
  const contacts = [];
  /** @type {HTMLElement[]} */
  const without = [];
  items.forEach(({ id, note }, place) => {
    const page = pages.get(id);
    if (!page) return;
    const prefix = `case-${place + 1}-`;
    const made = chapter(page, prefix, isWhole.checked);
    for (const word of made.words) words.set(word.id, word);
    contents.push(entry(`case-${place + 1}`, made.title));
    cases.push(caseOf(made, note, place + 1, page));
    if (made.contacts) contacts.push(contactsOf(made, place + 1));
    else without.push(reference("p", made, place + 1));
  });
  find(part("contents"), "ol").replaceChildren(...contents);
  part("cases").replaceChildren(...cases);
  for (const section of part("contacts").querySelectorAll(":scope > section")) section.remove();
  part("contacts").append(...contacts);
  if (without.length) {
    const section = document.createElement("section");
    section.append(line("h3", texts.say("noContact")), ...without);
    part("contacts").append(section);
  }
  explain([...words.values()]);
  leadOut();
}

/**
 * Return an element with a text. @param {string} name @param {string} text
 * @template {keyof HTMLElementTagNameMap} K
 */
const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });

/** @param {string} id @param {string} title */
function entry(id, title) {
  const item = document.createElement("li");
  const link = line("a", title);
  link.setAttribute("href", `#${id}`);
  item.append(link);
  return item;
}

/** @param {Chapter} made @param {string} note @param {number} number @param {CasePage} page */
function caseOf(made, note, number, page) {
  const section = fromTemplate(shape);
  const heading = find(section, "h2");
  heading.id = `case-${number}`;
  heading.textContent = made.title;
  section.setAttribute("aria-labelledby", heading.id);
  find(section, ".booklet-number").textContent = texts.say("number", { number });
  const address = line("p", page.address.href);
  address.className = "booklet-source details";
  find(section, "header").append(...made.head, address);
  const noted = find(section, ".booklet-note");
  find(noted, ":scope > :last-child").textContent = note;
  noted.hidden = !note.trim();
  find(section, ".booklet-body").append(...made.body);
  return section;
}

/** @param {Chapter} made @param {number} number */
function contactsOf(made, number) {
  const section = document.createElement("section");
  section.append(reference("h3", made, number), made.contacts ?? "");
  return section;
}

/**
 * Name a case with its number, as a link to its chapter.
 * @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Chapter} made
 * @param {number} number
 */
function reference(name, made, number) {
  const named = line(name, `${number} `);
  named.className = "booklet-reference";
  const link = line("a", made.title);
  link.setAttribute("href", `#case-${number}`);
  named.append(link);
  return named;
}

/** Explain every word once, whichever cases use it. @param {Chapter["words"]} words */
function explain(words) {
  const sorted = words.sort((one, other) => one.name.localeCompare(other.name, language));
  const list = sorted.flatMap(({ name, text }) => {
    const pair = document.createElement("div");
    pair.append(line("dt", name), line("dd", text));
    return [pair];
  });
  find(part("words"), "dl").replaceChildren(...list);
  part("words").hidden = list.length === 0;
  find(root, ".to-words").hidden = list.length === 0;
}

/** Let links to cases of the booklet lead to their chapters, and links to what is not in it out. */
function leadOut() {
  /** @type {Map<string, string>} */
  const chapters = new Map();
  const shown = listOf().items.flatMap((item) => pages.get(item.id) ?? []);
  shown.forEach((page, place) => {
    chapters.set(within(page.address), `#case-${place + 1}`);
  });
  for (const link of part("cases").querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    const own = chapters.get(href);
    if (own) link.setAttribute("href", own);
    else if (href.startsWith("#") && !document.getElementById(href.slice(1))) {
      link.removeAttribute("href");
    }
  }
}

/** Which edition it is, as it stands in the address. */
const edition = () => (isWhole.checked ? "?cases=whole" : "");

field.addEventListener("input", () => {
  const title = cleanLine(field.value);
  if (shared) shared.title = title;
  else {
    const { kept: isKept } = kept.change((list) => {
      list.title = title;
    });
    if (isKept) notices.clear("storage");
    else notices.show("storage", texts.say("storage"));
  }
  entitle();
});
button.addEventListener("click", () => {
  if (button.ariaDisabled !== "true") print();
});
isWhole.addEventListener("change", () => {
  history.replaceState(null, "", location.pathname + edition() + location.hash);
  repeatInLanguages(edition());
  void make();
});
addEventListener("hashchange", () => namesList(location.hash) && location.reload());
kept.subscribe((_, own) => {
  entitle();
  if (!own && !shared) void make();
});

isWhole.checked = new URLSearchParams(location.search).get("cases") === "whole";
repeatInLanguages(edition());
part("date").textContent = longDate(language);
part("address").textContent = front.href;
if (shared?.items.length === 0) notices.show("address", texts.say("addressBad"));
if (shared?.items.length) find(root, ".booklet-bar a").hash = asFragment(shared, true);
entitle();
await make();
