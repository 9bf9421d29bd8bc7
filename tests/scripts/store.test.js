// What the browser keeps for a reader: never lost without a word, and never trusted.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Store } from "../../docs/assets/scripts/kept/store.js";
import { emptyStorage, forbiddenStorage } from "./storage.js";

const KEPT = { kept: true, reason: "" };
const SHAPE = {
  version: 2,
  empty: () => ({ words: {} }),
  clean: (value, version) => {
    if (version === 1) return { words: { old: String(Object(value).word) } };
    if (!("words" in Object(value))) return null;
    const words = Object.entries(Object(value.words));
    return { words: Object.fromEntries(words.filter(([, word]) => typeof word === "string")) };
  },
};

let storage = emptyStorage();
beforeEach(() => {
  storage = emptyStorage();
});

const opened = () => new Store("test", SHAPE);
const say = (store, name, word) =>
  store.change((value) => {
    value.words[name] = word;
  });

test("what is changed is there the next time", () => {
  const store = opened();
  assert.equal(storage.getItem("test"), null);
  assert.deepEqual(say(store, "ord", "blåbær 🫐"), KEPT);
  assert.deepEqual(opened().read().words, { ord: "blåbær 🫐" });
  store.change((value) => {
    value.words = {};
  });
  assert.equal(storage.getItem("test"), null, "who keeps nothing leaves no trace");
});

test("what is done with what was read changes nothing", () => {
  const store = opened();
  say(store, "a", "1");
  store.read().words.a = "2";
  assert.deepEqual(store.read().words, { a: "1" });
});

test("two of the same name change different parts and lose nothing", () => {
  const [one, two] = [opened(), opened()];
  say(one, "one", "1");
  say(two, "two", "2");
  say(one, "more", "3");
  assert.deepEqual(one.read().words, { one: "1", two: "2", more: "3" });
  assert.deepEqual(two.read().words, one.read().words);
});

test("whoever listens hears of every change until it is enough", () => {
  const store = opened();
  const heard = [];
  const end = store.subscribe((value, own) => heard.push([value.words, own]));
  say(store, "a", "1");
  end();
  say(store, "a", "2");
  assert.deepEqual(heard, [[{ a: "1" }, true]]);
});

test("a full storage is told, and everything stays in memory", () => {
  const store = opened();
  say(store, "kept", "1");
  storage.isFull = true;
  assert.deepEqual(say(store, "waits", "2"), { kept: false, reason: "full" });
  assert.deepEqual(store.read().words, { kept: "1", waits: "2" });
  // Another tab changes the record meanwhile.
  storage.isFull = false;
  storage.setItem("test", '{"version": 2, "value": {"words": {"other": "3"}}}');
  storage.isFull = true;
  assert.deepEqual(store.read().words, { other: "3", waits: "2" });
  storage.isFull = false;
  assert.deepEqual(say(store, "last", "4"), KEPT);
  assert.deepEqual(opened().read().words, { other: "3", waits: "2", last: "4" });
});

test("a forbidden storage is told, and everything stays in memory", () => {
  forbiddenStorage();
  const store = opened();
  assert.deepEqual(store.read().words, {});
  assert.deepEqual(say(store, "a", "1"), { kept: false, reason: "forbidden" });
  assert.deepEqual(say(store, "b", "2"), { kept: false, reason: "forbidden" });
  assert.deepEqual(store.read().words, { a: "1", b: "2" });
  assert.equal(store.aside, null);
});

const UNREADABLE = [
  "{",
  "null",
  "[]",
  '"text"',
  '{"version": "2", "value": {"words": {}}}',
  '{"version": 2}',
  '{"version": 2, "value": {"other": 1}}',
  '{"__proto__": {"version": 2, "value": {"words": {"a": "b"}}}}',
];

for (const text of UNREADABLE) {
  test(`what cannot be read is put aside: ${text}`, () => {
    storage.setItem("test", text);
    const store = opened();
    assert.deepEqual(store.read().words, {});
    assert.deepEqual(say(store, "new", "1"), KEPT);
    assert.deepEqual(opened().read().words, { new: "1" });
    assert.equal(store.aside, text);
    store.dropAside();
    assert.equal(storage.getItem("test-aside"), null);
  });
}

test("what is not let through is put aside, and the rest is used", () => {
  const text = '{"version":2,"value":{"words":{"good":"1","bad":[2]},"__proto__":{"x":1}}}';
  storage.setItem("test", text);
  const store = opened();
  assert.deepEqual(store.read().words, { good: "1" });
  assert.equal({}.x, undefined);
  assert.equal(store.aside, text);
  assert.equal(storage.getItem("test"), '{"version":2,"value":{"words":{"good":"1"}}}');
});

test("without room to put it aside, nothing is stored over it", () => {
  storage.setItem("test", "precious");
  storage.removeItem = () => {};
  storage.isFull = true;
  const store = opened();
  assert.deepEqual(store.outcome, { kept: false, reason: "full" });
  assert.deepEqual(say(store, "a", "1"), { kept: false, reason: "full" });
  assert.deepEqual(store.read().words, { a: "1" });
  assert.equal(storage.getItem("test"), "precious");
});

test("a record of an earlier version is brought along", () => {
  storage.setItem("test", '{"version": 1, "value": {"word": "x"}}');
  const store = opened();
  assert.deepEqual(store.read().words, { old: "x" });
  assert.equal(store.aside, null);
});

test("a record of a later version is left alone", () => {
  const later = '{"version": 3, "value": "unknown"}';
  storage.setItem("test", later);
  const store = opened();
  assert.deepEqual(say(store, "a", "1"), { kept: false, reason: "newer" });
  assert.deepEqual(store.read().words, { a: "1" });
  assert.equal(storage.getItem("test"), later);
});
