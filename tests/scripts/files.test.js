// Files that readers save and bring back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, readJson } from "../../docs/assets/scripts/kept/files.js";

const KIND = (value) => (Object(value).kind === "test" ? value : null);
const text = (words) => new TextEncoder().encode(words);

for (const [what, bytes, more, answer] of [
  ["what it should be", text('{"kind": "test"}'), 0, { value: { kind: "test" } }],
  ["a mark at the start", text('\ufeff{"kind": "test"}'), 0, { value: { kind: "test" } }],
  ["another kind", text('{"kind": "other"}'), 0, { refused: "wrong" }],
  ["nothing", text("null"), 0, { refused: "wrong" }],
  ["half of it", text('{"kind": "test"'), 0, { refused: "damaged" }],
  ["an empty file", text(""), 0, { refused: "damaged" }],
  [
    "no UTF-8",
    Uint8Array.of(...text('{"kind": "te'), 0xff, ...text('st"}')),
    0,
    { refused: "damaged" },
  ],
  ["endless depth", text("[".repeat(100_000)), 0, { refused: "damaged" }],
  ["an archive", text("PK\x03\x04\0\0"), 0, { refused: "damaged" }],
  ["too much", text('{"kind": "test"}'), 5_000_000, { refused: "large" }],
]) {
  test(`a file is read or refused with a reason: ${what}`, async () => {
    const file = new File([bytes, " ".repeat(more)], "answers.json");
    assert.deepEqual(await readJson(file, KIND), answer);
  });
}

test("a file that is gone cannot be read", async () => {
  const gone = { size: 1, arrayBuffer: () => Promise.reject(new Error("gone")) };
  assert.deepEqual(await readJson(gone, KIND), { refused: "unreadable" });
});

test("the name of a file holds letters and digits", () => {
  for (const [parts, name] of [
    [["Tiltaksavtale", "med Søstre & Co. 2027"], "tiltaksavtale-med-søstre-co-2027.json"],
    [["../../etc/passwd\0\u202egnp.exe"], "etc-passwd-gnp-exe.json"],
    [["???", ""], "kunnskapsbanken.json"],
    [["a".repeat(200)], `${"a".repeat(60)}.json`],
  ]) {
    assert.equal(fileName(parts, "json"), name);
  }
});
