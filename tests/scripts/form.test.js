// What the form for cases works out. (Its rules are run against those of the command line in
// tests/test_faults.py, and its files are read again in tests/test_form.py.)
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftBehind } from "../../docs/assets/scripts/form/changed.js";
import { idMeant } from "../../docs/assets/scripts/form/choices.js";
import { closest, some } from "../../docs/assets/scripts/form/closest.js";
import { cleanDraft } from "../../docs/assets/scripts/form/drafts.js";
import { proposedId } from "../../docs/assets/scripts/form/id.js";
import { filled, told } from "../../docs/assets/scripts/form/messages.js";
import { written } from "../../docs/assets/scripts/form/rules.js";
import * as sending from "../../docs/assets/scripts/form/sending.js";
import { at, cleanTree, isEmpty, put } from "../../docs/assets/scripts/form/tree.js";
import {
  isDate,
  mendedDate,
  mendedNumber,
  readNumber,
} from "../../docs/assets/scripts/form/values.js";

test("a short name is proposed from the title", () => {
  for (const [words, id] of [
    ["Kafé på Hjørnet!", "kafe-pa-hjornet"],
    ["Læring – 100 % på jobb i dag", "laring-100-pa-jobb"],
    ["Straße łódź", "strasse-lodz"],
    ["日本", ""],
    ["", ""],
    ["x".repeat(100), "x".repeat(40)],
    ["index", "index-2"],
  ]) {
    assert.equal(
      proposedId(words, (one) => one === "index"),
      id,
    );
  }
});

test("dates are those that the calendar has", () => {
  for (const word of ["2024", "2024-02", "2024-02-29"]) assert.ok(isDate(word), word);
  for (const word of ["2023-02-29", "2024-13", "2024-00", "1799", "24", "2024-2-1", "x"]) {
    assert.ok(!isDate(word), word);
  }
});

test("numbers are written with digits and a point", () => {
  assert.equal(readNumber("-12.5"), -12.5);
  for (const word of ["", "1,5", "1e3", "0x10", "1.", " 1", "1.1234567"]) {
    assert.ok(Number.isNaN(readNumber(word)), word);
  }
});

test("a misspelt word is taken for the one that is most like it", () => {
  assert.equal(closest(" Oslo ", ["oslo", "moss"]), "oslo");
  assert.equal(closest("sandefjor", ["sandnes", "sandefjord"]), "sandefjord");
  assert.equal(closest("xyz", ["oslo"]), "");
  assert.equal(some(["b", "a", "c"], 2), "a, b, …");
});

test("a name that is typed means its id, unless several have it", () => {
  const choices = [
    ["oslo", "Oslo"],
    ["valer-1", "Våler"],
    ["valer-2", "Våler"],
  ];
  assert.equal(idMeant(choices, " OSLO "), "oslo");
  assert.equal(idMeant(choices, "Våler"), "Våler");
});

test("a record is changed by paths", () => {
  const tree = {};
  put(tree, ["results", 0, "unit"], "percent");
  assert.deepEqual(tree, { results: [{ unit: "percent" }] });
  assert.equal(at(tree, ["results", 0, "unit"]), "percent");
  assert.equal(at(tree, ["results", 1, "unit"]), undefined);
  assert.equal(at(tree, ["results", "__proto__"]), undefined);
  put(tree, ["results", 0], undefined);
  assert.deepEqual(tree, { results: [] });
  assert.ok(isEmpty(tree.results));
  assert.equal(written(["results", 0, "unit"]), "results[1].unit");
});

test("a draft from storage is let through by its shape", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(20)}"x"${"}".repeat(20)}`);
  assert.equal(JSON.stringify(cleanTree(deep)).match(/"a"/g).length, 12);
  assert.deepEqual(cleanTree({ title: "x", "../": "y", number: 7 }), { title: "x", number: null });
  assert.equal(cleanDraft({ id: 7, record: {} }), null);
  assert.equal(cleanDraft({ id: "a", record: [] }), null);
  assert.deepEqual(cleanDraft({ id: "a", record: {}, saved: "x", existing: "yes" }), {
    id: "a",
    record: {},
    existing: false,
    saved: 0,
  });
});

test("messages get their words, and a close match a hint of its own", () => {
  assert.equal(filled("{{{value}}} {other}", { value: 1 }), "{1} {other}");
  const rules = { rule: { message: "{value}?", hint: "no", near: "{closest}!" } };
  const fault = (details) => ({ path: [], rule: "rule", details });
  assert.deepEqual(told(fault({ value: "a", closest: "" }), rules), { message: "a?", hint: "no" });
  assert.deepEqual(told(fault({ value: "a", closest: "b" }), rules), { message: "a?", hint: "b!" });
});

test("ways to the editors carry the text where it fits", () => {
  const places = { repository: "https://github.com/owner/name", branch: "main", email: "a@b.no" };
  const text = "title: {nb: Kafé & æøå}\n";
  assert.equal(
    sending.newFileAddress(places, "cafe", text),
    "https://github.com/owner/name/new/main?filename=cases%2Fcafe.yml" +
      "&value=title%3A+%7Bnb%3A+Kaf%C3%A9+%26+%C3%A6%C3%B8%C3%A5%7D%0A",
  );
  assert.equal(sending.newFileAddress(places, "cafe", text.repeat(2000)), "");
  assert.equal(sending.uploadAddress(places), "https://github.com/owner/name/upload/main/cases");
  assert.equal(
    sending.editAddress(places, "cafe"),
    "https://github.com/owner/name/edit/main/cases/cafe.yml",
  );
  const mail = sending.mailAddress(places.email, "Ny & god", text);
  assert.ok(mail.startsWith("mailto:a@b.no?subject=Ny%20%26%20god&body=title%3A%20"));
  assert.equal(sending.mailAddress(places.email, "Ny", text.repeat(500)), "");
});

test("days and numbers are typed as people write them", () => {
  assert.equal(mendedDate("31.5.2024"), "2024-05-31");
  for (const word of ["31.13.2024", "2024-05-31", "mai 2024"]) assert.equal(mendedDate(word), "");
  for (const [word, meant] of [
    ["1 234,5", "1234.5"],
    ["16 %", "16"],
    ["16", ""],
    ["ca. 16", ""],
    ["22 24 00", ""],
  ]) {
    assert.equal(mendedNumber(word), meant, word);
  }
});

test("a translation is left behind where only its original was changed", () => {
  const before = { title: { nb: "Kafé", en: "Café" }, steps: [{ nb: "En", en: "One" }] };
  const paths = (/** @type {object} */ now) => [...leftBehind(before, now, "nb", "en")];
  assert.deepEqual(paths(before), []);
  assert.deepEqual(paths({ ...before, title: { nb: "Kaféen", en: "Café" } }), [["title"]]);
  assert.deepEqual(paths({ ...before, title: { nb: "Kaféen", en: "The café" } }), []);
  assert.deepEqual(paths({ steps: [{ nb: "To", en: "One" }] }), [["steps", 0]]);
  assert.deepEqual(paths({ lead: { nb: "Ny" } }), []);
});
