/**
 * Choosing cases where they are shown: buttons on every card and on the page of a case, and a tray at
 * the foot of the window that says what is chosen and leads on.
 */
import { kept } from "../list/kept.js";
import { MOST_ITEMS, add, has, hasRoom, remove } from "../list/list.js";
import { Texts } from "../shared/texts.js";
import { MOST, asAddress, choose, chosen } from "./chosen.js";
import { around, fromTemplate, dataOf, find } from "../shared/elements.js";

/** What to say when the browser does not keep the list, by the store's reason. */
const WARNINGS = { full: "storageFull", forbidden: "storageForbidden", newer: "storageNewer" };

const tray = find(document, ".tray");
const status = find(document, "#picking-status");
const shape = find(document, "#card-tools", HTMLTemplateElement);
const texts = new Texts(tray, dataOf(tray, "language"));
/** @param {string} name */
const row = (name) => find(tray, `.tray-${name}`);
const comparison = find(row("compare"), "a");
const address = comparison.getAttribute("href");

/** Show a row of the tray with a text, or hide it. @param {string} name @param {string} text */
function tell(name, text) {
  row(name).hidden = !text;
  find(row(name), ":scope > *").textContent = text;
  tray.hidden = [...tray.querySelectorAll(".tray-row")].every((one) => one.hidden);
  // What has the focus must not lie below the tray.
  document.documentElement.classList.toggle("has-tray", !tray.hidden);
}

/** Read out what happened; also when it is what happened before. @param {string} text */
function announce(text) {
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
}

/** Give a card its buttons. @param {HTMLElement} card */
function equip(card) {
  if (card.querySelector(".card-tools")) return;
  const tools = fromTemplate(shape);
  const title = find(card, ".card-title").textContent;
  for (const about of tools.querySelectorAll(".tool-about")) about.textContent = `: ${title}`;
  card.append(tools);
  mark(tools.querySelectorAll("[data-pick]"), kept.read(), chosen());
}

/**
 * Press the buttons of what is chosen. @param {Iterable<HTMLElement>} buttons
 * @param {import("../list/list.js").List} list @param {string[]} ids
 */
function mark(buttons, list, ids) {
  for (const button of buttons) {
    const { id, pick } = facts(button);
    const isIn = pick === "list" ? has(list, id) : ids.includes(id);
    button.setAttribute("aria-pressed", String(isIn));
  }
}

/** @param {HTMLElement} button */
const facts = (button) => ({
  id: button.closest("[data-case]")?.dataset.case ?? "",
  pick: button.dataset.pick,
  title: (
    button.closest(".card")?.querySelector(".card-title") ?? find(document, "h1")
  ).textContent.trim(),
});

/** Show everything as it is now. */
function show() {
  const ids = chosen();
  mark(document.querySelectorAll("[data-pick]"), kept.read(), ids);
  tell("compare", ids.length ? texts.count("chosen", ids.length) : "");
  comparison.setAttribute("href", address + asAddress(ids));
  comparison.textContent = dataOf(comparison, ids.length > 1 ? "more" : "one");
}

/** @param {string} id @param {string} title */
function pickForList(id, title) {
  const list = kept.read();
  const isIn = has(list, id);
  if (!isIn && !hasRoom(list)) {
    tell("list", texts.say("listFull", { limit: MOST_ITEMS }));
    announce(texts.say("listFull", { limit: MOST_ITEMS }));
    return;
  }
  const { reason } = kept.change((newest) => (isIn ? remove(newest, id) : add(newest, id)));
  const said = texts.say(isIn ? "unlisted" : "listed", { title });
  const warning = reason && texts.say(WARNINGS[reason]);
  tell("list", said);
  tell("message", warning);
  announce(warning ? `${said} ${warning}` : said);
}

/** @param {string} id */
function pickForComparison(id) {
  const ids = chosen();
  const isIn = ids.includes(id);
  if (!isIn && ids.length === MOST) {
    tell("message", texts.say("full"));
    announce(texts.say("full"));
    return;
  }
  const next = isIn ? ids.filter((one) => one !== id) : [...ids, id];
  const isKept = choose(next);
  tell("message", isKept ? "" : texts.say("keptCompare"));
  const said = next.length ? texts.count("chosen", next.length) : texts.say("unchosen");
  announce(isKept ? said : `${said} ${texts.say("keptCompare")}`);
}

document.addEventListener("click", (event) => {
  const button = around(event, "[data-pick]");
  if (!button) return;
  const { id, pick, title } = facts(button);
  if (pick === "list") pickForList(id, title);
  else pickForComparison(id);
  show();
});
find(row("compare"), "button").addEventListener("click", () => {
  choose([]);
  tell("message", "");
  show();
  announce(texts.say("cleared"));
  find(document, "#main").focus({ preventScroll: true });
});

for (const card of document.querySelectorAll(".card[data-case]")) equip(card);
for (const list of document.querySelectorAll(".cards")) {
  new MutationObserver(() => {
    for (const card of list.querySelectorAll(":scope > *")) equip(card);
  }).observe(list, { childList: true });
}
kept.subscribe(show);
addEventListener("pageshow", (event) => event.persisted && show());
show();
