// What the search makes of words, and in which order pages stand.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { present, readExcerpt } from "../../docs/assets/scripts/search/excerpt.js";
import { understand } from "../../docs/assets/scripts/search/query.js";
import { mix, rank } from "../../docs/assets/scripts/search/ranking.js";
import { allowance, changes, leavesOut } from "../../docs/assets/scripts/search/spelling.js";
import { openWords } from "../../docs/assets/scripts/search/words.js";
import { findWritten } from "../../docs/assets/scripts/search/written.js";

// --- spelling --------------------------------------------------------------------------------

test("spellings are as far from each other as letters were changed", () => {
  assert.equal(changes("kurs", "kurs", 2), 0);
  assert.equal(changes("krus", "kurs", 2), 1, "two letters have changed places");
  assert.equal(changes("kus", "kurs", 2), 1);
  assert.equal(changes("kafé", "kurs", 2), Infinity);
  assert.equal(changes("a", "abcd", 2), Infinity);
  const plain = (letter) => (letter === "å" ? "a" : letter);
  assert.ok(
    changes("sprak", "språk", 1, plain) < 1,
    "a mark that is missing is less than a letter",
  );
});

test("short words may not be misspelt, long ones by more", () => {
  assert.deepEqual([3, 4, 8, 9].map(allowance), [0, 1, 1, 2]);
});

test("letters may be left out of the middle of a long word", () => {
  assert.ok(leavesOut("sysseting", "sysselsetting"));
  assert.ok(!leavesOut("sysselsetting", "sysseting"));
  assert.ok(!leavesOut("setting", "sysselsetting"));
});

// --- words -----------------------------------------------------------------------------------

const RULES = {
  pages: 10,
  partial: false,
  names: ["bodø"],
  files: ["a", "k", "m", "p", "s"],
  stop: ["for", "på", "av"],
  joints: ["", "s"],
  phrases: { "nye nordmenn": "innvandrere" },
  endings: ["ene", "er", "en"],
  respellings: [["kv", "hv"]],
  inhabitants: {
    words: ["innbyggere"],
    limits: [5000, 20000],
    sizes: ["sizesmall", "sizemedium", "sizelarge"],
  },
  folds: { å: ["aa", "a"], ø: ["oe", "o"] },
};
const FILES = {
  "rules.json": RULES,
  "a.json": { seen: "arbeid", counts: "3", endings: "0", same: { arbeid: "jobb" }, known: "" },
  "k.json": { seen: "kurs kvinner", counts: "21", endings: "02", same: {}, known: "kaffe=kafé" },
  "m.json": { seen: "matproduksjon mentor", counts: "11", endings: "00", same: {}, known: "" },
  "p.json": { seen: "produksjon program", counts: "11", endings: "00", same: {}, known: "" },
  "s.json": { seen: "språk", counts: "4", endings: "0", same: {}, known: "" },
};
const FOLDER = new URL("https://site.example/search/words/nb/");

beforeEach(() => {
  globalThis.fetch = async (address) => {
    const held = FILES[new URL(address).href.slice(FOLDER.href.length)];
    return { ok: Boolean(held), status: held ? 200 : 404, json: async () => held };
  };
});

const meant = async (text) => understand(text, await openWords(FOLDER));
const waysOf = async (text) => (await meant(text)).units.map(({ ways }) => ways);

test("stop words are left out, unless there is nothing else", async () => {
  assert.deepEqual(await waysOf("kurs for mentor"), [[["kurs"]], [["mentor"]]]);
  assert.deepEqual(await waysOf("pa mentor"), [[["mentor"]]], "written without its letter too");
});

test("forms of a word find each other, and what means the same comes along", async () => {
  assert.deepEqual(await waysOf("kursene"), [[["kurs"]]]);
  assert.deepEqual(await waysOf("kvinner"), [[["kvinn"]]]);
  assert.deepEqual(await waysOf("arbeid"), [[["arbeid"], ["jobb"]]]);
  assert.deepEqual(await waysOf("kaffe"), [[["kaffe"], ["kafé"]]]);
  assert.deepEqual(await waysOf("nye nordmenn"), [[["innvandrere"]]]);
});

test("a number of inhabitants stands for places of that size", async () => {
  const sizes = {
    3000: "sizesmall",
    "5.000": "sizemedium",
    "12 000": "sizemedium",
    20000: "sizelarge",
  };
  for (const [number, size] of Object.entries(sizes)) {
    const text = (await openWords(FOLDER)).withSizes(`kurs ${number} innbyggere`);
    assert.equal(text.trim(), `kurs  ${size}`);
  }
  const words = await openWords(FOLDER);
  for (const other of ["innbyggere", "12 000 kroner", "12 innbyggerens"]) {
    assert.equal(words.withSizes(other), other);
  }
});

test("spelling is mended, and told", async () => {
  assert.equal((await meant("sprak for mentro")).corrected, "språk for mentor");
  assert.equal((await meant("kurs")).corrected, null);
});

test("names of places are no misspelt words", async () => {
  assert.deepEqual(await meant("bodø"), { units: [], lacks: true, corrected: null });
});

test("compounds are put together and taken apart", async () => {
  assert.deepEqual(await waysOf("produksjon av mat"), [[["produksjon", "mat"], ["matproduksjon"]]]);
  assert.deepEqual(await waysOf("mentorprogram"), [[["mentor", "program"]]]);
  assert.deepEqual(await waysOf("arbeidsprogram"), [[["arbeid", "program"]]]);
});

test("a word that is still being written counts as the beginning of others", async () => {
  assert.deepEqual(await waysOf("kurs prod"), [[["kurs"]], [["prod"]]]);
});

test("a word that no page has is left out, and that is told", async () => {
  assert.deepEqual(await meant("kurs qqqqqqqqqq"), {
    units: [{ ways: [["kurs"]] }],
    lacks: true,
    corrected: null,
  });
});

test("words that could not be fetched are asked for again", async () => {
  const words = await openWords(FOLDER);
  const good = globalThis.fetch;
  globalThis.fetch = async () => ({ ok: false, status: 500 });
  await assert.rejects(words.find("kurs"), /500/);
  globalThis.fetch = good;
  assert.equal(await words.find("kurs"), "kurs");
});

// --- ranking ---------------------------------------------------------------------------------

/** An index of a few pages: id -> what stands in its fields. */
class Index {
  constructor(pages) {
    this.pages = pages;
  }

  async search(text) {
    const words = text.replaceAll('"', "").split(" ");
    const results = Object.entries(this.pages).flatMap(([id, fields]) => {
      const content = fields.content ?? "";
      const matched = Object.entries(fields)
        .filter(([name, told]) => name !== "content" && told.includes(words.join(" ")))
        .map(([name]) => name);
      const all = content.split(" ");
      const places = [...all.keys()].filter((place) =>
        words.every((word, next) => all[place + next] === word),
      );
      if (!matched.length && !places.length) return [];
      const data = async () => ({ url: `/${id}/`, content, meta: fields });
      return [{ id, score: places.length, words: places, matchedMetaFields: matched, data }];
    });
    return { results };
  }
}

const units = (...words) => words.map((word) => ({ ways: [[word]] }));
const idsOf = (found) => found.map(({ id }) => id);

test("a word in the title is worth more than one in the text", async () => {
  const index = new Index({ text: { content: "kurs" }, title: { title: "kurs", content: "kurs" } });
  const { found, softened } = await rank(index, units("kurs"), 10, () => "case");
  assert.deepEqual(idsOf(found), ["title", "text"]);
  assert.ok(!softened);
});

test("where few pages have all words, others follow, and that is told", async () => {
  const index = new Index({
    both: { content: "kurs mentor" },
    one: { title: "mentor", content: "mentor" },
    none: { content: "annet" },
  });
  const { found, softened } = await rank(index, units("kurs", "mentor"), 10, () => "case");
  assert.equal(found[0].id, "both");
  assert.ok(!idsOf(found).includes("none"));
  assert.equal(softened, found.length > 1);
});

test("a word that hardly any page has does not hide pages with the other", async () => {
  const many = Array.from({ length: 30 }, (_, at) => [`other-${at}`, { content: "kurs" }]);
  const index = new Index({ both: { content: "kurs mentor" }, ...Object.fromEntries(many) });
  const { found, softened } = await rank(index, units("kurs", "mentor"), 31, () => "case");
  assert.equal(found[0].id, "both");
  assert.ok(found.length > 5);
  assert.ok(softened);
});

test("pages that go with others do not hide pages with most of the words", async () => {
  const many = Array.from({ length: 6 }, (_, at) => [`overview-${at}`, { content: "kurs mentor" }]);
  const index = new Index({ case: { content: "kurs" }, ...Object.fromEntries(many) });
  const { found } = await rank(index, units("kurs", "mentor"), 10, (id) => id.split("-")[0]);
  assert.ok(idsOf(found).includes("case"));
});

test("words of the glossary do not fill the first results", () => {
  const found = Array.from({ length: 8 }, (_, at) => ({
    id: at < 5 ? `term-${at}` : `case-${at}`,
    score: 10 - at,
    places: new Set(),
  }));
  const first = mix(found, (id) => id.split("-")[0]).slice(0, 5);
  assert.equal(first.filter(({ id }) => id.startsWith("term")).length, 2);
});

test("as it is written means letter by letter, where readers see it", async () => {
  const index = new Index({
    right: { title: "", content: "et kurs for alle" },
    hidden: { words: "kurs", content: "annet" },
  });
  const words = await openWords(FOLDER);
  assert.deepEqual(idsOf(await findWritten(index, "kurs", words)), ["right"]);
  assert.deepEqual(idsOf(await findWritten(index, '"for alle"', words)), ["right"]);
  assert.deepEqual(idsOf(await findWritten(index, '"alle for"', words)), []);
});

// --- excerpts --------------------------------------------------------------------------------

test("an excerpt shows what the page is about rather than a name it mentions", () => {
  const far = Array(40).fill("og").join(" ");
  // One word with two signs after it is one word.
  const content = `Kvinneløftet; Kvinneløftet, ${far} kvinner ${far} kvinner ${far} kvinner`;
  const all = content.split(" ");
  const places = [...all.keys()].filter((at) => all[at].toLowerCase().startsWith("kvinne"));
  const { excerpt } = present({ content, url: "/x/" }, new Set(places));
  assert.match(excerpt, /<mark>kvinner<\/mark>/);
  assert.doesNotMatch(excerpt, /Kvinneløftet/);
});

test("nothing of a page becomes markup", () => {
  const page = { content: "a <b>x</b> & y", url: "/x/" };
  const { excerpt } = present(page, new Set([1]));
  assert.equal(excerpt, "a <mark>&lt;b&gt;x&lt;/b&gt;</mark> &amp; y");
  assert.deepEqual(readExcerpt(excerpt), [
    { text: "a ", isMarked: false },
    { text: "<b>x</b>", isMarked: true },
    { text: " & y", isMarked: false },
  ]);
});

test("a result names the headings below which the words stand", () => {
  const content = "først mål kurs siden mål mentor";
  const anchors = [
    { element: "h2", id: "one", text: "En", location: 0 },
    { element: "h2", id: "two", text: "To", location: 3 },
    { element: "h7", id: "no", text: "Nei", location: 4 },
  ];
  const { sub_results: parts } = present({ content, url: "/x/", anchors }, new Set([5]));
  assert.deepEqual(
    parts.map(({ url, title }) => [url, title]),
    [["/x/#two", "To"]],
  );
});
