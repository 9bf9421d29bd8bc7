// What the search makes of words, and in which order pages stand.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { present, readExcerpt } from "../../docs/assets/scripts/search/excerpt.js";
import { narrow } from "../../docs/assets/scripts/search/narrowing.js";
import { findPlaces } from "../../docs/assets/scripts/search/places.js";
import { understand } from "../../docs/assets/scripts/search/query.js";
import { mix, rank } from "../../docs/assets/scripts/search/ranking.js";
import { allowance, changes, leavesOut } from "../../docs/assets/scripts/search/spelling.js";
import { withTopics } from "../../docs/assets/scripts/search/topics.js";
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
  places: { words: ["kommune", "tiltak"], before: ["i"], end: "00" },
  files: ["a", "b", "k", "m", "n", "p", "s"],
  stop: ["for", "på", "av"],
  joints: ["", "s"],
  endings: ["ene", "er", "en"],
  respellings: [["kv", "hv"]],
  inhabitants: {
    words: ["innbyggere"],
    limits: [5000, 20000],
    sizes: ["sizesmall", "sizemedium", "sizelarge"],
  },
  folds: { å: ["aa", "a"], ø: ["oe", "o"] },
};
const wordFile = (file) => ({
  ...{ seen: "", counts: "", endings: "", same: {}, known: "", phrases: {}, places: {} },
  ...file,
});
const FILES = {
  "rules.json": RULES,
  "a.json": wordFile({
    seen: "arbeid",
    counts: "3",
    endings: "0",
    same: { arbeid: "jobb" },
    known: "",
  }),
  "b.json": wordFile({
    places: {
      bodø: [["Bodø", "bodo", "nordland", "large"]],
      bø: [["Bø", "bo", "nordland", "small", 1]],
    },
  }),
  "n.json": wordFile({
    phrases: { "nye nordmenn": "innvandrere" },
    places: {
      nordland: [["Nordland fylke", "nordland", "nordland", ""]],
      "nord aurdal": [["Nord-Aurdal", "nord-aurdal", "innlandet", "medium"]],
    },
  }),
  "k.json": wordFile({
    seen: "kurs kvinner",
    counts: "21",
    endings: "02",
    same: {},
    known: "kaffe=kafé",
  }),
  "m.json": wordFile({
    seen: "matproduksjon mentor",
    counts: "11",
    endings: "00",
    same: {},
    known: "",
  }),
  "p.json": wordFile({
    seen: "produksjon program",
    counts: "11",
    endings: "00",
    same: {},
    known: "",
  }),
  "s.json": wordFile({ seen: "språk", counts: "4", endings: "0", same: {}, known: "" }),
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

const placesIn = async (text) => {
  const { named, rest } = await findPlaces(text, await openWords(FOLDER));
  return [named.map(({ label }) => label), rest];
};

test("places are known by name, also without letters that a keyboard lacks", async () => {
  assert.deepEqual(await placesIn("mentor i Bodø kommune"), [["Bodø"], "mentor i"]);
  assert.deepEqual(await placesIn("bodo mentor"), [["Bodø"], "mentor"]);
  assert.deepEqual(await placesIn("Nord-Aurdal kurs"), [["Nord-Aurdal"], "kurs"]);
  assert.deepEqual(await placesIn("Bodøs kurs"), [["Bodø"], "kurs"]);
  assert.deepEqual(await placesIn("tiltak for Nordland"), [["Nordland fylke"], ""]);
  assert.deepEqual(await placesIn("kurs for mentor"), [[], "kurs for mentor"]);
});

test("an ordinary word is a place only where it must be one", async () => {
  assert.deepEqual((await placesIn("bø"))[0], ["Bø"]);
  assert.deepEqual((await placesIn("kurs i bø"))[0], ["Bø"]);
  assert.deepEqual((await placesIn("kurs Bø"))[0], ["Bø"]);
  assert.deepEqual((await placesIn("bø kurs"))[0], []);
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
    units: [{ ways: [["kurs"]], written: "kurs", isSize: false }],
    lacks: ["qqqqqqqqqq"],
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

const units = (...words) => words.map((word) => ({ ways: [[word]], written: word }));
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

test("a word that only hinders is let go, and that is told", async () => {
  const about = { title: "kurs for voksne", content: "kurs for voksne" };
  const index = new Index({
    one: about,
    two: about,
    other: { title: "vaffel", content: "vaffel" },
  });
  const asked = units("kurs", "voksne", "vaffel");
  const { found, without } = await rank(index, asked, 3, () => "case");
  assert.deepEqual(idsOf(found).slice(0, 2).sort(), ["one", "two"]);
  assert.deepEqual(without, ["vaffel"]);
  const two = await rank(index, units("kurs", "vaffel"), 3, () => "case");
  assert.deepEqual(two.without, [], "of two words each may be what is meant");
});

test("a list of cases that is called what is asked for stands high, others follow", () => {
  const found = Array.from({ length: 8 }, (_, at) => ({ id: `case-${at}` }));
  const topics = [
    { id: "topic cleaning", names: ["renhold"], isSubject: true },
    { id: "topic other", names: ["renhold kurs"] },
    { id: "topic none", names: ["kunst"] },
  ];
  assert.deepEqual(idsOf(withTopics(found, topics, ["renhold"])).slice(0, 8), [
    ...["case-0", "topic cleaning", "case-1", "case-2", "case-3", "case-4"],
    ...["topic other", "case-5"],
  ]);
});

test("cases from a place stand first, and where there are none, that is told", async () => {
  const index = new Index({
    here: { from: "placebodo00 placenordland00", sizes: "sizelarge" },
    near: { from: "placerana00 placenordland00", sizes: "sizesmall" },
    like: { from: "placeoslo00 placeoslocounty00", sizes: "sizelarge" },
  });
  const words = await openWords(FOLDER);
  const ranked = ["guide", "here", "like"].map((id, at) => ({
    ...{ id, score: at ? 9 - at : 20, places: new Set(), fetch: async () => ({}) },
  }));
  const county = { id: "topic nordland", place: "nordland", places: new Set() };
  const typeOf = (id) => (id === "guide" ? id : id.startsWith("topic") ? "topic" : "case");
  const ask = async (place, isAll) => {
    const named = [{ label: "X", written: "x", places: [place] }];
    const args = [named, isAll ? [] : ranked, isAll, words, [county], typeOf];
    const { found, places } = await narrow(index, ...args);
    return [idsOf(found), places[0].count, places[0].first, idsOf(places[0].others)];
  };
  const bodo = { id: "bodo", county: "nordland", size: "large" };
  assert.deepEqual(await ask(bodo, false), [["here", "guide", "like"], 1, 1, []]);
  const vega = { id: "vega", county: "nordland", size: "large" };
  const [found, count, first, others] = await ask(vega, false);
  assert.deepEqual([found[0], count, first], ["guide", 0, 0]);
  assert.deepEqual(others, ["here", "near", "like"], "its county first, then its size");
  const alone = await ask(vega, true);
  assert.deepEqual(alone[0], ["topic nordland", "here", "near", "like"]);
  const whole = { id: "nordland", county: "nordland", size: "" };
  assert.deepEqual((await ask(whole, true))[0], ["topic nordland", "here", "near"]);
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

/** The excerpt of a page with the places of some words. */
const excerptOf = (content, asked, meta = {}) => {
  const all = content.split(" ");
  const places = [...all.keys()].filter((at) => asked.some((one) => all[at].includes(one)));
  return present({ content, meta, url: "/x/" }, new Set(places)).excerpt;
};
const END = "\u2063";

test("an excerpt is whole sentences, with the most of what is asked for", () => {
  const text = `Tittel om kurs.${END} Sted${END} Kurs${END} Først noe annet. Vi har kurs og mentor. Slik er det. Slutt`;
  assert.equal(
    excerptOf(text, ["kurs", "mentor"]),
    "Vi har <mark>kurs</mark> og <mark>mentor.</mark> Slik er det.",
  );
});

test("an excerpt has no title, no label and no half sentence", () => {
  const text = `Kurs i Bodø.${END} Status.${END} Kurs.${END}`;
  assert.equal(excerptOf(text, ["Kurs"], { lead: "Hva det er." }), "Hva det er.");
  assert.equal(excerptOf(`Kurs.${END} Dette er begynnelsen.`, ["Kurs"]), "Dette er begynnelsen.");
  assert.equal(
    excerptOf("Kurs kl. 9 og f.eks. mentor.", ["mentor"]),
    "Kurs kl. 9 og f.eks. <mark>mentor.</mark>",
  );
});

test("an excerpt shows what the page is about rather than a name it mentions", () => {
  const text = "Kvinneløftet er et navn. Noe om kvinner. Mer om kvinner. Alt om kvinner.";
  assert.match(excerptOf(text, ["vinne"]), /^Noe om <mark>kvinner\.<\/mark>/);
});

test("nothing of a page becomes markup", () => {
  const excerpt = excerptOf("A <b>x</b> & y.", ["<b>"]);
  assert.equal(excerpt, "A <mark>&lt;b&gt;x&lt;/b&gt;</mark> &amp; y.");
  assert.deepEqual(readExcerpt(excerpt), [
    { text: "A ", isMarked: false },
    { text: "<b>x</b>", isMarked: true },
    { text: " & y.", isMarked: false },
  ]);
});

test("a result names the headings below which the words stand", () => {
  const content = "først mål kurs siden mål mentor";
  const anchors = [
    { element: "h2", id: "one", text: "En", location: 0 },
    { element: "h2", id: "two", text: "To", location: 3 },
    { element: "h7", id: "no", text: "Nei", location: 4 },
  ];
  const { sub_results: parts } = present({ content, meta: {}, url: "/x/", anchors }, new Set([5]));
  assert.deepEqual(
    parts.map(({ url, title }) => [url, title]),
    [["/x/#two", "To"]],
  );
});
