// The reader's own list: what it may hold, and how it comes and goes.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readAddress, writeAddress } from "../../docs/assets/scripts/compare/address.js";
import {
  asFile,
  asFragment,
  fromFile,
  fromFragment,
  namesList,
} from "../../docs/assets/scripts/list/exchange.js";
import {
  add,
  cleanLine,
  cleanList,
  cleanNote,
  emptyList,
  has,
  hasRoom,
  move,
  remove,
  rename,
  write,
} from "../../docs/assets/scripts/list/list.js";
import { choose, chosen, cleanIds } from "../../docs/assets/scripts/picking/chosen.js";
import { emptyStorage, forbiddenStorage } from "./storage.js";

beforeEach(() => {
  emptyStorage("sessionStorage");
});

const MANY = Array.from({ length: 100 }, (_, number) => ({ id: `case-${number}`, note: "" }));
const listOf = (...ids) => ({ title: "", items: ids.map((id) => ({ id, note: "" })) });
const idsOf = (list) => list.items.map((item) => item.id);

test("a list holds what it may hold and no more", () => {
  const clean = cleanList({ title: 3, items: [...MANY, ...MANY] });
  assert.deepEqual(clean.items, MANY.slice(0, 60));
  assert.equal(clean.title, "");
  assert.ok(!hasRoom(clean));
  for (const nothing of [null, 5, "items", [], {}, { items: null }]) {
    assert.equal(cleanList(nothing), null);
  }
  const strange = [{ id: "../x" }, { id: 7 }, null, { id: "a", note: {} }];
  assert.deepEqual(cleanList({ items: strange }).items, [{ id: "a", note: "" }]);
});

test("notes and titles are text and nothing else", () => {
  assert.equal(cleanNote("a\r\nb\u0000c\td"), "a\nbc\td");
  assert.equal(cleanNote("x".repeat(9000)).length, 4000);
  assert.equal(cleanNote("a\ud800b"), "ab", "half a letter, which no address can hold");
  assert.equal(cleanNote(`${"x".repeat(3999)}🧵`).length, 3999, "no half of a letter is left");
  assert.equal(cleanLine(" a \n b "), " a b ");
  assert.equal(cleanLine(7), "");
});

test("cases come, go, move and get notes", () => {
  const list = listOf("a", "b");
  add(list, "c", "note", 1);
  add(list, "a");
  assert.deepEqual(idsOf(list), ["a", "c", "b"]);
  move(list, "a", -1);
  move(list, "a", 1);
  assert.deepEqual(idsOf(list), ["c", "a", "b"]);
  write(list, "a", "said");
  write(list, "nobody", "said");
  assert.equal(list.items[1].note, "said");
  remove(list, "c");
  assert.ok(!has(list, "c"));
});

test("a list comes back from its address as it was", () => {
  for (const title of ["Møtet", "a & b = c # d + e", "100 %", "🧵"]) {
    const items = [
      { id: "a-b", note: "x + y & z" },
      { id: "c", note: "" },
    ];
    assert.deepEqual(fromFragment(asFragment({ title, items }, true)), { title, items });
  }
  assert.equal(asFragment({ title: "", items: [{ id: "a", note: "secret" }] }, false), "#list=a");
});

test("an address that names no list is none", () => {
  for (const fragment of ["", "#", "#goal", "#list=", "#list=%20,../x"]) {
    assert.equal(fromFragment(fragment), null);
  }
  assert.ok(namesList("#title=x&list=a"));
  assert.ok(!namesList("#playlist=a"));
});

const file = (content) => new File([content], "list.json");

test("a list comes back from its file as it was", async () => {
  const list = { title: "Møtet", items: [{ id: "a", note: "n" }] };
  assert.deepEqual(await fromFile(file(asFile(list))), { list, cut: false });
});

test("a file that is none of ours, or of a later version, is refused with a reason", async () => {
  const kind = "kunnskapsbanken-list";
  for (const [content, answer] of [
    [{ kind: "other", version: 1, items: MANY }, { refused: "wrong" }],
    [{ kind, version: 0, items: MANY }, { refused: "wrong" }],
    [{ kind, version: 1, items: [] }, { refused: "wrong" }],
    [{ kind, version: 2, items: MANY }, { refused: "newer" }],
  ]) {
    assert.deepEqual(await fromFile(file(JSON.stringify(content))), answer);
  }
  const read = await fromFile(file(JSON.stringify({ kind, version: 1, items: MANY })));
  assert.equal(read.list.items.length, 60);
  assert.ok(read.cut);
});

test("the address of a comparison holds two to four cases, and tells the rest", () => {
  const asked = readAddress("?case=a&case=a&case=b&case=c&case=d&case=e&case=../x&same=hidden");
  assert.deepEqual(asked, {
    ids: ["a", "b", "c", "d"],
    hideSame: true,
    tooMany: true,
    unknown: ["../x"],
  });
  assert.equal(writeAddress(["a", "b"], true), "?case=a&case=b&same=hidden");
  assert.equal(writeAddress([], true), "");
});

test("what is chosen for comparison is kept for the tab, or in memory", () => {
  assert.deepEqual(chosen(), []);
  assert.ok(choose(["a", "b"]));
  assert.deepEqual(chosen(), ["a", "b"]);
  assert.deepEqual(cleanIds(["a", "a", 7, "../x", "b", "c", "d", "e"]), ["a", "b", "c", "d"]);
  sessionStorage.setItem("compare", "{");
  assert.deepEqual(chosen(), ["a", "b"], "what cannot be read changes nothing");
  forbiddenStorage("sessionStorage");
  assert.ok(!choose(["c"]));
  assert.deepEqual(chosen(), ["c"]);
});

test("nobody has chosen anything at first", () => {
  assert.deepEqual(emptyList(), { title: "", items: [] });
});

test("a case on the list is called as it is now, and stands there once", () => {
  const list = {
    title: "",
    items: [
      { id: "old", note: "a" },
      { id: "other", note: "" },
    ],
  };
  rename(list, "old", "new");
  assert.deepEqual(list.items[0], { id: "new", note: "a" });
  add(list, "old", "b");
  rename(list, "old", "new");
  assert.deepEqual(list.items, [
    { id: "new", note: "a\nb" },
    { id: "other", note: "" },
  ]);
  rename(list, "gone", "new");
  assert.equal(list.items.length, 2);
});
