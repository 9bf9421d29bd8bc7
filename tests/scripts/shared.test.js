// Words, dates and numbers as the language of the page writes them, and what a text has said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { saidOf } from "../../docs/assets/scripts/compare/rest.js";
import { longDate } from "../../docs/assets/scripts/shared/dates.js";
import { Texts } from "../../docs/assets/scripts/shared/texts.js";

test("the day stands before the month in every language", () => {
  const day = new Date(2026, 10, 22);
  assert.equal(longDate("nb", day), "22. november 2026");
  assert.equal(longDate("en", day), "22 November 2026");
});

const TEXTS = {
  found: "{what} av {total}",
  caseOne: "ett eksempel",
  caseOther: "{value} eksempler{end}",
};
const texts = new Texts({ dataset: TEXTS }, "nb");

test("words are filled in, and numbers written as the language does", () => {
  assert.equal(texts.say("found", { what: "Alt", total: 10_000 }), "Alt av 10\u00a0000");
  assert.equal(texts.say("found", { total: 1 }), "{what} av 1", "what nobody tells stays");
  assert.equal(texts.say("found", { what: "{total}", total: 1 }), "{total} av 1");
  assert.equal(texts.number(1.5), "1,5");
});

test("a text takes the form of its number", () => {
  assert.equal(texts.count("case", 1), "ett eksempel");
  assert.equal(texts.count("case", 2, { end: "." }), "2 eksempler.");
});

test("several things are joined as the language does", () => {
  assert.equal(texts.list(["a", "b", "c"]), "a, b og c");
});

test("a text that the page lacks is told as the mistake it is", () => {
  assert.throws(() => texts.say("nothing"), /no text nothing/);
});

test("what a brief has said is told by whole sentences from the beginning", () => {
  const said = "It runs a café, e.g. for guests. What it covers: all. It was hard";
  /** @param {string} text */
  const left = (text) => text.replace(/\s/g, "").slice(saidOf(text, said));
  assert.equal(left("It runs a café, e.g. for guests. Then more."), "Thenmore.");
  assert.equal(left("It runs a café, e.g. for guests."), "");
  assert.equal(
    left("It runs a bus. It runs a café, e.g. for guests."),
    "Itrunsabus.Itrunsacafé,e.g.forguests.",
  );
  // A name before a colon goes with what was said, and stays with what was not.
  assert.equal(left("Covered: It runs a café, e.g. for guests. Paid by: them."), "Paidby:them.");
});
