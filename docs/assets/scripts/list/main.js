/**
 * The reader's own list: cases in an order, with a note for each.  It is kept in this browser, the
 * same for every tab; what is done here changes the newest list there is.
 */
import { CaseFinder } from "../cases/finder.js";
import { Picker } from "../cases/picker.js";
import { WordSearch } from "../catalogue/search.js";
import { MOST, asAddress, choose, chosen } from "../picking/chosen.js";
import { Notices } from "../shared/notices.js";
import { Texts } from "../shared/texts.js";
import { ListCards } from "./cards.js";
import { asFragment, fromFragment, namesList } from "./exchange.js";
import { kept } from "./kept.js";
import { MOST_ITEMS, add, cleanLine, has, hasRoom, move, remove, rename, write } from "./list.js";
import { Offer } from "./offer.js";
import { Taking } from "./taking.js";
import { ListView } from "./view.js";
import { dataOf, find } from "../shared/elements.js";

/** @typedef {import("./list.js").List} List */

const root = find(document, ".own-list");
const language = dataOf(root, "language");
const version = dataOf(root, "version");
const front = new URL(dataOf(root, "root"), document.baseURI);
const texts = new Texts(find(root, ".desk-texts"), language);
const finder = new CaseFinder(new URL(dataOf(root, "data"), document.baseURI), language, version);
const cards = new ListCards(finder);
const status = find(root, ".list-status");
const notices = new Notices(find(root, ".notices"), status);
const title = find(root, "#list-title", HTMLInputElement);
const booklet = find(root, ".list-booklet");
const comparison = find(root, ".list-compare");

const view = new ListView(
  find(root, ".list-items"),
  find(root, ".item-shape", HTMLTemplateElement),
  texts,
  front,
  {
    move: moveItem,
    remove: removeItem,
    write: (id, note) => change((list) => write(list, id, note)),
    compare: compareItem,
  },
);
const taking = new Taking(root, texts, {
  read: () => kept.read(),
  say,
  refuse: (text) => {
    offer.close();
    notices.show("refused", text);
  },
  offer: (list, cut) => {
    notices.clear("refused");
    if (cut) notices.show("cut", texts.say("cut", { limit: MOST_ITEMS }));
    void offer.open(list, texts.say("fileHeading"), texts.count("fileFound", list.items.length));
  },
});
const offer = new Offer(find(root, ".shared-list"), cards, {
  keep: (list) => replace(() => list, texts.say("replaced")),
  join: joinList,
  isEmpty: () => !kept.read().items.length,
  closed: () => status.focus(),
});

/** What to say when the browser does not keep the list, by the store's reason. */
const WARNINGS = { full: "storageFull", forbidden: "storageForbidden", newer: "storageNewer" };

/** Tell what happened. @param {string} text */
function say(text) {
  status.textContent = text;
}

/** Change the newest list. @param {(list: import("./list.js").List) => void} mutate */
const change = (mutate) => kept.change(mutate);

/** Say so where the browser does not keep the list. */
function warn() {
  const { reason } = kept.outcome;
  if (reason) notices.show("storage", texts.say(WARNINGS[reason]));
  else notices.clear("storage");
}

/** @param {string} id @param {number} by */
function moveItem(id, by) {
  const held = document.activeElement;
  change((list) => move(list, id, by));
  const { items } = kept.read();
  const place = items.findIndex((item) => item.id === id) + 1;
  say(texts.say("moved", { title: cards.title(id), place, total: items.length }));
  if (held instanceof HTMLElement) held.focus({ preventScroll: true });
  view.item(id)?.scrollIntoView({ block: "nearest" });
}

/** @param {string} id */
function removeItem(id) {
  const { items } = kept.read();
  const place = items.findIndex((item) => item.id === id);
  const { note } = items[place];
  const next = items[place + 1] ?? items[place - 1];
  change((list) => remove(list, id));
  offerUndo(texts.say("removed", { title: cards.title(id) }), (list) => {
    add(list, id, note, Math.min(place, list.items.length));
  });
  (next ? view.item(next.id)?.querySelector(".item-title") : status)?.focus();
}

/**
 * Tell what was done, with a button that takes it back.
 * @param {string} text @param {(list: List) => void} undo
 */
function offerUndo(text, undo) {
  say(""); // what was told before is over
  notices.clear("undo");
  notices.show("undo", text, {
    label: texts.say("undo"),
    run: () => {
      notices.clear("undo");
      change(undo);
      say(texts.say("undone"));
    },
  });
}

/**
 * Put another list in the place of this one. @param {(list: List) => List} make
 * @param {string} text
 */
function replace(make, text) {
  const before = kept.read();
  const after = make(before);
  const put = (/** @type {List} */ list, /** @type {List} */ from) => {
    list.title = from.title;
    list.items = structuredClone(from.items);
  };
  change((list) => put(list, after));
  if (before.items.length || before.title) offerUndo(text, (list) => put(list, before));
  else say(text);
}

/** Add the cases of another list to this one; what stands here stays. @param {List} other */
function joinList(other) {
  const before = kept.read();
  const fresh = other.items.filter((item) => !has(before, item.id));
  change((list) => {
    for (const { id, note } of other.items) add(list, id, note);
    list.title ||= other.title;
  });
  const { length } = kept.read().items;
  const added = length - before.items.length;
  if (added < fresh.length) notices.show("cut", texts.say("cut", { limit: MOST_ITEMS }));
  const put = (/** @type {List} */ list) => {
    const ids = new Set(fresh.map((item) => item.id));
    list.items = list.items.filter((item) => !ids.has(item.id));
  };
  if (added) offerUndo(texts.count("joined", added), put);
  else say(texts.say("joinedNone"));
}

/** @param {string} id */
function compareItem(id) {
  const ids = chosen();
  if (!ids.includes(id) && ids.length === MOST) say(texts.say("compareFull"));
  else choose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  draw();
}

/** Show the list as it is now; names that are not here are fetched. */
function draw() {
  const list = kept.read();
  const ids = list.items.map((item) => item.id);
  const compared = chosen().filter((id) => ids.includes(id));
  view.show(list, cards.known, compared);
  warn();
  if (title.value !== list.title && document.activeElement !== title) title.value = list.title;
  taking.show();
  booklet.setAttribute(
    "href",
    root.dataset.booklet + (kept.outcome.kept ? "" : asFragment(list, true)),
  );
  root.classList.toggle("is-empty", ids.length === 0);
  find(root, ".list-empty").hidden = ids.length > 0;
  comparison.hidden = ids.length < 2;
  const few = compared.length < 2;
  find(comparison, "button").ariaDisabled = String(few);
  find(comparison, ".details").textContent = few
    ? texts.say("compareFew")
    : texts.say("compareSome", { value: compared.length });
}

/** Fetch the names of the cases on the list, and show it. */
async function load() {
  const { items } = kept.read();
  const ids = items.map((item) => item.id);
  if (ids.every((id) => cards.known.has(id))) return;
  try {
    await cards.load(ids);
    for (const id of ids) {
      const now = cards.known.get(id);
      if (now && now.id !== id) {
        cards.known.set(now.id, now);
        change((list) => rename(list, id, now.id));
      }
    }
    notices.clear("failed");
  } catch {
    notices.show("failed", texts.say("failed"), { label: texts.say("retry"), run: load });
  }
  draw();
}

/** Offer the list that the address names; the reader's own stays as it is. */
function readAddress() {
  if (!namesList(location.hash)) return;
  const list = fromFragment(location.hash);
  // Taken out of the address, so that reloading does not offer it again.
  history.replaceState(history.state, "", location.pathname + location.search);
  if (list) void offer.open(list);
  else notices.show("refused", texts.say("addressBad"));
}

new Picker(find(root, ".picker"), finder, new WordSearch(front, language, version), texts, {
  pick: (card) => {
    cards.known.set(card.id, card);
    if (!hasRoom(kept.read())) {
      notices.show("full", texts.say("full", { limit: MOST_ITEMS }));
      return;
    }
    change((list) => add(list, card.id));
    say(texts.say("added", { title: card.title }));
  },
  leaveOut: () => kept.read().items.map((item) => item.id),
});
title.addEventListener("input", () => {
  change((list) => {
    list.title = cleanLine(title.value);
  });
});
find(comparison, "button").addEventListener("click", () => {
  const listed = kept.read().items.map((item) => item.id);
  const ids = listed.filter((id) => chosen().includes(id));
  if (ids.length > 1) location.assign(root.dataset.compare + asAddress(ids));
  else say(texts.say("compareFew"));
});
find(root, ".list-clear").addEventListener("click", () => {
  replace(() => ({ title: "", items: [] }), texts.say("cleared"));
  status.focus();
});
kept.subscribe(() => {
  draw();
  void load();
});
addEventListener("hashchange", readAddress);
draw();
await load();
readAddress();
