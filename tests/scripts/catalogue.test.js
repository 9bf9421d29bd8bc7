// What the address of the catalogue says, and which cases fit. (How cases are selected is compared
// with going through all of them in tests/test_catalogue_data.py.)
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cases, fromSteps, weight } from "../../docs/assets/scripts/catalogue/selection.js";
import {
  choose,
  countChosen,
  isDefault,
  noProfile,
  noState,
  readAddress,
  readProfile,
  writeAddress,
} from "../../docs/assets/scripts/catalogue/state.js";

const KNOWN = {
  facets: new Map([
    ["measures", ["a", "b"]],
    ["county", ["x"]],
  ]),
  sorts: ["title", "newest"],
  profile: { municipality: ["oslo"], county: ["x"], size: ["small"], partner: ["nav"] },
  maxPages: 10,
};
const read = (address) => readAddress(address, KNOWN);
const again = (address) => writeAddress(read(address).state, KNOWN);

test("an address says all that is chosen", () => {
  const { state, unknown } = read(
    "?measures=a,b&county=x&q=kafé+mat&like_size=small&sort=newest&page=3",
  );
  assert.deepEqual([...state.chosen.get("measures")], ["a", "b"]);
  assert.deepEqual([...state.chosen.get("county")], ["x"]);
  assert.deepEqual([state.query, state.sort, state.pages], ["kafé mat", "newest", 3]);
  assert.equal(state.profile.size, "small");
  assert.deepEqual(unknown, []);
  assert.equal(
    writeAddress(state, KNOWN),
    "?measures=a,b&county=x&q=kaf%C3%A9+mat&like_size=small&sort=newest&page=3",
  );
});

test("words as they are written stand in the address", () => {
  for (const [address, exact, written, unknown] of [
    ["?q=kafe&exact=1", true, "?q=kafe&exact=1", []],
    ["?exact=1&q=kafe", true, "?q=kafe&exact=1", []],
    ["?exact=1", false, "", []],
    ["?q=+&exact=1", false, "", []],
    ["?q=a&exact=x", false, "?q=a", ["x"]],
  ]) {
    const found = read(address);
    assert.deepEqual([found.state.exact, again(address), found.unknown], [exact, written, unknown]);
  }
});

test("the same choices have the same address", () => {
  for (const address of [
    "?county=x&measures=b,a",
    "?measures=a&measures=b&county=x,x",
    "measures=a,,b&county=x",
  ]) {
    assert.equal(again(address), "?measures=a,b&county=x");
  }
});

for (const [address, unknown] of [
  ["?measures=a,zz", ["zz"]],
  ["?nonsense=1", ["nonsense"]],
  ["?sort=best", ["best"]],
  ["?page=-1&page=1e9&page=", ["-1", "1e9"]],
  ["?like_county=nowhere", ["nowhere"]],
  ["?like_other=x", ["like_other"]],
  ["?__proto__=a&constructor=b", ["__proto__", "constructor"]],
  ["?measures=%3Cscript%3E", ["<script>"]],
  ["?utm_source=letter&fbclid=1", []],
  ["?measures=&q=&sort=", []],
]) {
  test(`what an address should not say is told and left out: ${address}`, () => {
    assert.deepEqual(read(address).unknown, unknown);
    assert.ok(["", "?measures=a"].includes(again(address)));
  });
}

for (const words of [`${"a".repeat(199)} b`, `${"a".repeat(199)}\u{20000}b`, "a ".repeat(200)]) {
  test(`words that are cut make an address that says the same: ${words.slice(195)}`, () => {
    const length = [...read(`?q=${words}`).state.query].length;
    assert.ok(length > 198 && length <= 200, String(length));
    const written = again(`?q=${words}`);
    assert.equal(again(written), written);
  });
}

test("no address is too strange", () => {
  const pieces = ["?", "&", "=", ",", "%", "%zz", "measures", "a", "q", "page", "\0", "å", "+"];
  pieces.push("9".repeat(400));
  let seed = 4; // the same addresses each time
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let round = 0; round < 500; round++) {
    const parts = Array.from({ length: 1 + (next() % 12) }, () => pieces[next() % pieces.length]);
    const { state } = read(parts.join(""));
    assert.ok(state.pages >= 1 && state.pages <= 10);
    assert.ok(state.query.length <= 200);
    const written = writeAddress(state, KNOWN);
    assert.equal(again(written), written);
  }
});

test("a choice can be made and taken back", () => {
  const state = noState();
  assert.ok(isDefault(state));
  choose(state, "measures", "a", true);
  choose(state, "county", "x", true);
  assert.equal(countChosen(state), 2);
  assert.ok(!isDefault(state));
  choose(state, "measures", "a", false);
  choose(state, "county", "x", false);
  assert.ok(isDefault(state), "no facet is left with nothing chosen of it");
});

test("of a remembered place, only what is known is used", () => {
  assert.deepEqual(readProfile({ county: "x", size: "huge", other: 1 }, KNOWN), {
    ...noProfile(),
    county: "x",
  });
  for (const nothing of [null, 7, "county", []]) {
    assert.deepEqual(readProfile(nothing, KNOWN), noProfile());
  }
});

test("steps become numbers again", () => {
  assert.deepEqual([...fromSteps([1, 4, 1])], [0, 4, 5]);
  assert.deepEqual([...fromSteps([])], []);
});

test("more in common comes first, and of as much the more telling", () => {
  const [municipality, county, size, partner] = [1, 2, 4, 8];
  assert.ok(weight(size | partner) > weight(municipality));
  assert.ok(weight(municipality | partner) > weight(county | size));
});

const INDEX = {
  cases: 3,
  per_file: 10,
  cards: "",
  facets: { county: { x: [1, 1] }, evidence: { low: [1], high: [3] } },
  rungs: ["low", "high"],
  places: { oslo: [2] },
  title: [2, 1, 0],
  known: [1, 2, 0],
  mentions: [3],
  updated: [3, 1, 2],
  confirmed: [0, 0, 0],
};

test("an order that makes no sense is not used", () => {
  const cases = new Cases(INDEX);
  const here = { ...noProfile(), county: "x" };
  for (const [hits, sort, profile, used] of [
    [null, "", noProfile(), "known"],
    [null, "relevance", noProfile(), "known"],
    [null, "like", noProfile(), "known"],
    [[1, 0], "", noProfile(), "relevance"],
    [[1, 0], "", here, "like"],
    [[1, 0], "relevance", here, "relevance"],
    [null, "title", here, "title"],
  ]) {
    assert.equal(cases.select({ ...noState(), sort, profile }, hits).sort, used);
  }
});

test("cases stand in the order that is chosen", () => {
  const cases = new Cases(INDEX);
  // The last case is a mention: it stands after the others, but where words or a place decide.
  for (const [sort, hits, order] of [
    ["known", null, [1, 0, 2]],
    ["title", null, [1, 0, 2]],
    ["newest", null, [0, 1, 2]],
    ["confirmed", null, [1, 0, 2]],
    ["evidence", null, [0, 1, 2]],
    ["relevance", [2, 0], [2, 0]],
  ]) {
    assert.deepEqual(cases.select({ ...noState(), sort }, hits).numbers, order);
  }
  assert.deepEqual(cases.served, [1, 0, 2]);
});

test("beside what is chosen of a facet, it is told how many cases another term would add", () => {
  const facets = { measures: { a: [1, 1], b: [2, 1] }, county: { x: [1, 1] } };
  const cases = new Cases({ ...INDEX, facets });
  const state = noState();
  const counted = () => cases.select(state, null).counts.get("measures");
  assert.deepEqual(Object.fromEntries(counted()), { a: 2, b: 2 });
  choose(state, "measures", "a", true);
  // Of the two cases with b, one is shown already: a or b makes three.
  assert.deepEqual(Object.fromEntries(counted()), { a: 2, b: 1 });
  choose(state, "measures", "b", true);
  assert.equal(cases.select(state, null).numbers.length, 3);
  choose(state, "county", "x", true);
  assert.equal(cases.select(state, null).numbers.length, 2);
});
