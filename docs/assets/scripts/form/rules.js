/**
 * What is wrong with a record: the rules of `casebook check`, as one writes.
 *
 * A record is the plain tree of its file: objects, arrays and texts, null where nothing stands.
 * What fields there are comes from the format itself (`data/form.*.json`, made from the typed
 * record); how a fault is told stands in the site's strings.  A table of faulty records is run
 * through these rules and through the command line in the tests, and must give the same messages.
 *
 * @typedef {Field} Spec
 *
 * @typedef {object} World what a record is checked against
 * @property {Spec[]} fields
 * @property {{code: string, called: string, required: boolean, words: string[]}[]} languages the default one first
 * @property {Record<string, string[]>} facets
 * @property {string[]} places
 * @property {string[]} references
 * @property {Map<string, string>} cases id -> the id that it is part of, or ""
 * @property {string[]} elsewhere ids that lead to a case of another name, or to one withdrawn
 * @property {import("./letters.js").Letters} letters
 * @property {import("./structure.js").Sign[]} signs
 * @property {import("./effort.js").Limits} limits
 * @property {string[]} domains endings of two letters that an address can have
 * @property {number} [now] the time that it is
 * @property {Set<string>} [listed] the sources that the record lists
 *
 * @typedef {{path: Path, rule: string, details: Record<string, unknown>}} Fault
 */

import { CROSS_CHECKS, rangeFaults } from "./cross.js";
import { byCharacter, closest, some } from "./closest.js";
import { faultsOfLetters } from "./letters.js";
import { faultsOfStructure } from "./structure.js";
import { wrongTongue } from "./tongues.js";
import { faultsOfText, marks, onOneLine } from "./texts.js";
import { faultOfValue, unlike } from "./values.js";

const OWN = "own";
const TRANSLATED = ["line", "text", "prose"];
const NOT_KNOWN = "not-known";
/** For how many cases that do not exist another is proposed: looking through thousands takes time. */
const MOST_PROPOSALS = 10;

/** Say whether a value has keys. @param {unknown} value @returns {value is Tree} */
const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Return the path as messages write it: `results[1].values`. @param {Path} path */
export function written(path) {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step + 1}]`;
    else text += text ? `.${step}` : step;
  }
  return text;
}

/**
 * Return everything that is wrong with a record.
 * @param {Tree} record @param {string} id the record's own id @param {World} world
 * @returns {Fault[]}
 */
export function faultsOf(record, id, world) {
  const sources = Array.isArray(record.sources) ? record.sources : [];
  // Where the list itself has to be mended first, nothing is missing from it yet.
  const listed = Array.isArray(record.sources)
    ? new Set(sources.filter(isText).map((source) => source.trim()))
    : undefined;
  return [
    ...idFaults(id),
    ...faultsInGroup("case", world.fields, record, [], { ...world, listed }),
    ...relationFaults(record, id, world),
  ];
}

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === "string";

/** @param {Path} path @param {string} rule @param {Record<string, unknown>} [details] @returns {Fault} */
const fault = (path, rule, details = {}) => ({
  path,
  rule,
  details: { field: written(path), ...details },
});

/** @param {string} id */
function* idFaults(id) {
  if (!id) yield fault([], "missing-field", { how: "name" });
  else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) yield fault([], "not-an-id", { value: id });
}

/**
 * Yield what is wrong with what has fields of its own.
 * @param {string} model @param {Spec[]} specs @param {unknown} value @param {Path} path
 * @param {World} world @returns {Generator<Fault>}
 */
export function* faultsInGroup(model, specs, value, path, world) {
  if (!isGroup(value)) {
    yield fault(path, "expected-mapping");
    return;
  }
  const known = specs.map((spec) => spec.name);
  // An empty value of a known field counts as absent.
  const data = Object.fromEntries(
    Object.entries(value).filter(([key, inner]) => inner !== null || !known.includes(key)),
  );
  for (const [place, rule, details] of CROSS_CHECKS[model]?.(data) ?? []) {
    yield fault([...path, ...place], rule, details);
  }
  const meant = new Set();
  for (const key of Object.keys(data)) {
    if (known.includes(key)) continue;
    const near = closest(key, [...known].sort(byCharacter));
    meant.add(near); // it stands there under another name, so it is not missing
    yield fault([...path, key], "unknown-key", { key, closest: near, allowed: some(known, 99) });
  }
  for (const spec of specs) {
    const here = [...path, spec.name];
    if (spec.name in data) yield* fieldFaults(spec, data[spec.name], here, world);
    else if (spec.required && !meant.has(spec.name))
      yield fault(here, "missing-field", { example: spec.example, how: howFilledIn(spec) });
  }
}

/** Say how a field is filled in, for the words that tell of its lack. @param {Spec} spec */
function howFilledIn({ form, many, facet }) {
  if (many) return facet ? "tick" : "add";
  if (TRANSLATED.includes(form)) return "write";
  return ["term", "word", "group", "reference"].includes(form) ? "choose" : "type";
}

/** @param {Spec} spec @param {unknown} value @param {Path} path @param {World} world */
function* fieldFaults(spec, value, path, world) {
  if (!spec.many) {
    yield* oneFaults(spec, value, path, world);
    return;
  }
  if (!Array.isArray(value)) {
    yield fault(path, "expected-list");
    return;
  }
  if (value.length > world.limits.items) {
    yield fault([...path, world.limits.items], "too-many-items", { limit: world.limits.items });
    return;
  }
  const found = value.flatMap((item, place) => [...oneFaults(spec, item, [...path, place], world)]);
  yield* found;
  if (value.length < (spec.least ?? 0)) {
    yield value.length
      ? fault(path, "too-few", { min_length: spec.least })
      : fault(path, "empty-list");
  } else if (spec.distinct && !found.length) {
    const words = value.map((item) => item.trim());
    for (const [place, word] of words.entries()) {
      if (words.indexOf(word) < place)
        yield fault([...path, place], "repeated-value", { value: word });
    }
  }
}

/** @param {Spec} spec @param {unknown} value @param {Path} path @param {World} world */
function* oneFaults(spec, value, path, world) {
  if (spec.form === "group") {
    const given = spec.short && typeof value === "string" ? { [spec.short]: value } : value;
    yield* faultsInGroup(spec.fields[0].model, spec.fields, given, path, world);
  } else if (spec.form === "languages") {
    yield* byLanguageFaults(spec, value, path, world);
  } else if (TRANSLATED.includes(spec.form)) {
    const stands = spec.words.includes(NOT_KNOWN) && typeof value === "string" && value.trim();
    if (stands === NOT_KNOWN) return;
    const asText = spec.words.includes(NOT_KNOWN) ? wordsAsText(value, path) : [];
    yield* asText.length ? asText : translatedFaults(spec, spec.form, value, path, world);
  } else if (spec.form === "name-or-line" && isGroup(value)) {
    yield* translatedFaults(spec, "line", value, path, world);
  } else if (spec.form === "name" || spec.form === "name-or-line") {
    yield* nameFaults(spec, value, path, world);
  } else if (spec.fields.length && isGroup(value)) {
    const found = [...faultsInGroup(spec.fields[0].model, spec.fields, value, path, world)];
    yield* found.length
      ? found
      : rangeFaults({ from: value.from, to: value.to }).map(([place, rule, details]) =>
          fault([...path, ...place], rule, details),
        );
  } else {
    const found = faultOfValue(spec, value, world);
    if (found) yield fault(path, ...found);
    if (typeof value === "string") yield* letterFaults(value, path, world);
  }
}

/** @param {string} words @param {Path} path @param {World} world */
function* letterFaults(words, path, world) {
  for (const { rule, details } of faultsOfLetters(words, world.letters))
    yield fault(path, rule, details);
}

/** @param {string} words @param {string} form @param {Spec} spec @param {Path} path @param {World} world */
function* textFaults(words, form, spec, path, world) {
  for (const [rule, details] of faultsOfText(words, form, spec.limit ?? Infinity, world.limits)) {
    yield fault(path, rule, details);
  }
}

/** @param {string} words @param {string} form @param {Path} path @param {World} world */
function* structureFaults(words, form, path, world) {
  let told = 0;
  for (const { rule, details } of faultsOfStructure(words, form, world.signs)) {
    yield fault(path, rule, details);
    told += 1;
    if (told === world.limits.structures) return;
  }
}

/** @param {Spec} spec @param {unknown} value @param {Path} path @param {World} world */
function* nameFaults(spec, value, path, world) {
  if (value !== null && typeof value !== "string") {
    yield fault(path, "expected-text");
    return;
  }
  const words = onOneLine(value ?? "");
  if (!words) {
    yield fault(path, "empty-text");
    return;
  }
  yield* letterFaults(value ?? "", path, world);
  yield* textFaults(words, "line", spec, path, world);
  yield* structureFaults(words, "name", path, world);
  if (words.includes("[@")) yield fault(path, "citation-not-here");
}

/**
 * Return the faults of a word that stands for a whole field, written as the text of a language.
 * @param {unknown} value @param {Path} path
 */
const wordsAsText = (value, path) =>
  Object.entries(isGroup(value) ? value : {})
    .filter(([, words]) => typeof words === "string" && words.trim() === NOT_KNOWN)
    .map(([code]) => fault([...path, code], "word-in-text", { value: NOT_KNOWN }));

/** @param {Spec} spec @param {string} form @param {unknown} value @param {Path} path @param {World} world */
function* translatedFaults(spec, form, value, path, world) {
  const codes = world.languages.map((language) => language.code);
  if (typeof value === "string" && spec.words.includes(NOT_KNOWN)) {
    yield fault(path, "text-or-word", { value: value.trim(), word: NOT_KNOWN });
    return;
  }
  if (!isGroup(value)) {
    const example = `{${codes.map((code) => `${code}: …`).join(", ")}}`;
    yield fault(path, "expected-translations", { example });
    return;
  }
  for (const [code, words] of Object.entries(value)) {
    const here = [...path, code];
    if (!codes.includes(code)) {
      yield fault(here, "unknown-language", { key: code, allowed: codes.join(", ") });
    } else if (words !== null && typeof words !== "string") {
      yield fault(here, "expected-text");
    } else if (words?.trim()) {
      const clean = form === "line" ? onOneLine(words) : words.trim();
      yield* letterFaults(words, here, world);
      yield* textFaults(clean, form, spec, here, world);
      yield* structureFaults(words.trim(), form, here, world);
      if (spec.cites) yield* citationFaults(clean, here, world);
      else if (clean.includes("[@")) yield fault(here, "citation-not-here");
    }
  }
  for (const language of world.languages) {
    const words = value[language.code] ?? null;
    if (language.required && (words === null || (typeof words === "string" && !words.trim()))) {
      const details = { language: language.code, name: language.called };
      yield fault([...path, language.code], "missing-language", details);
    }
  }
  yield* tongueFaults(value, path, world);
}

/** @param {Tree} value @param {Path} path @param {World} world */
function* tongueFaults(value, path, world) {
  const [first, ...others] = world.languages;
  const original = value[first.code];
  for (const language of isText(original) ? others : []) {
    const text = value[language.code];
    const found = isText(text) && wrongTongue(original, text, first, language);
    if (!found) continue;
    const [rule, told, other] = found;
    const details = { language: told.code, name: told.called, written: other.called };
    yield fault([...path, told.code], rule, details);
  }
}

/** @param {string} words @param {Path} path @param {World} world */
function* citationFaults(words, path, world) {
  for (const { text, ids } of marks(words)) {
    if (!ids.length) {
      const value = [...onOneLine(text)].slice(0, 60).join("");
      yield fault(path, "citation-malformed", { value });
    }
    for (const id of ids) {
      if (id !== OWN && !world.references.includes(id)) {
        yield fault(path, ...unlike(id, world.references, "unknown-reference"));
      } else if (id !== OWN && world.listed && !world.listed.has(id)) {
        yield fault(path, "citation-not-listed", { value: id });
      }
    }
  }
}

/** @param {Spec} spec @param {unknown} value @param {Path} path @param {World} world */
function* byLanguageFaults(spec, value, path, world) {
  if (!isGroup(value)) {
    yield fault(path, "expected-mapping");
    return;
  }
  const others = world.languages.slice(1).map((language) => language.code);
  const wrong = Object.keys(value).filter((code) => !others.includes(code));
  for (const code of wrong) {
    yield fault([...path, code], "unknown-word", {
      value: code,
      closest: "",
      allowed: others.join(", "),
    });
  }
  if (wrong.length) return;
  for (const [code, entry] of Object.entries(value)) {
    yield* faultsInGroup(spec.fields[0].model, spec.fields, entry, [...path, code], world);
  }
}

/** @param {Tree} record @param {string} id @param {World} world */
function* relationFaults(record, id, world) {
  const known = [...new Set([...world.cases.keys(), id])];
  /** @type {[field: string, given: unknown, path: Path][]} */
  const mentions = [];
  for (const field of ["related", "shown_with"]) {
    const targets = Array.isArray(record[field]) ? record[field] : [];
    for (const [place, target] of targets.entries()) mentions.push([field, target, [field, place]]);
  }
  if (typeof record.part_of === "string") mentions.push(["part_of", record.part_of, ["part_of"]]);
  let unknownCases = 0;
  for (const [field, given, path] of mentions) {
    const target = typeof given === "string" ? given.trim() : "";
    if (!target || world.elsewhere.includes(target)) continue;
    if (!known.includes(target)) {
      const others = known.filter((other) => other !== id);
      unknownCases += 1;
      yield fault(path, "unknown-case", {
        value: target,
        closest: unknownCases <= MOST_PROPOSALS ? closest(target, others) : "",
        allowed: some(others),
      });
    } else if (field !== "part_of" && target === id) {
      yield fault(path, "related-to-itself", { value: id, field });
    } else if (field === "part_of") {
      const circle = circleFrom(id, target, world);
      if (circle.length)
        yield fault(path, "part-of-circle", { circle: [...circle, id].join(" → ") });
    }
  }
}

/**
 * Return the ids on the way from `start` back to itself, or nothing.
 * @param {string} start @param {string} parent what it is part of @param {World} world
 */
function circleFrom(start, parent, world) {
  const way = [start];
  let here = parent;
  while (here && here !== start) {
    if (way.includes(here)) return [];
    way.push(here);
    here = world.cases.get(here) ?? "";
  }
  return here === start ? way : [];
}
