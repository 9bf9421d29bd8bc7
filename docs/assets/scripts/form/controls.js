/**
 * What one types or chooses in: one control for each form of value that the format knows.
 *
 * A control shows what stands at its path in the record, and puts there what is typed.  Its own
 * words (labels, help, choices) come from the format's description.
 *
 * @typedef {CaseForm} Form
 * @typedef {Field} Spec
 */

import { idMeant } from "./choices.js";
import { listOf } from "./lists.js";
import { idOf, make, withCode } from "./elements.js";
import { written } from "./rules.js";
import { mendedDate, mendedNumber } from "./values.js";
import { find } from "../shared/elements.js";

/** @type {Record<string, number>} */
const ROWS = { line: 2, text: 4, prose: 7 };
const NOT_KNOWN = "not-known";
/** @type {Record<string, string>} */
const INPUT_MODES = { year: "numeric", number: "decimal", address: "url" };

/**
 * Return a field: label, help, control, and room for what is wrong.
 * @param {Form} form @param {Spec} spec @param {Path} path
 */
export function fieldOf(form, spec, path) {
  const id = idOf(path);
  const whole =
    spec.many ||
    ["group", "languages", "line", "text", "prose"].includes(spec.form) ||
    hasSeveral(spec) ||
    isExplained(form, spec);
  const heading = [
    spec.label,
    spec.required && make("span", { class: "form-required" }, ` ${form.texts.say("required")}`),
  ];
  const help = spec.help && helpOf(form, spec, id);
  const faults = make("ul", { class: "form-faults", id: `${id}-faults` });
  const control = controlOf(form, spec, path);
  if (!whole) control.setAttribute("aria-describedby", `${help ? `${id}-help ` : ""}${id}-faults`);
  return make(
    whole ? "fieldset" : "div",
    {
      class: "form-field",
      "data-path": written(path),
      tabindex: whole ? "-1" : undefined,
      "aria-describedby": whole && help ? `${id}-help` : undefined,
    },
    whole ? make("legend", {}, ...heading) : make("label", { for: id }, ...heading),
    help,
    control,
    faults,
  );
}

/**
 * What to write in a field, with a sample answer.
 * @param {Form} form @param {Spec} spec @param {string} id
 */
function helpOf(form, spec, id) {
  /** @param {string} words */
  const told = (words) => form.texts.say("sample", { sample: words });
  const sample =
    spec.sample && (spec.sample.includes("\n") ? told(`\n${spec.sample}`) : told(spec.sample));
  return make(
    "p",
    { class: "form-help", id: `${id}-help` },
    ...withCode(spec.help),
    sample && " ",
    sample && make("span", { class: "form-sample" }, sample),
  );
}

/** Of so many terms each is explained where one of them is chosen. */
const FEW = 8;

/** Say whether one of a few terms is chosen that the vocabulary explains. @param {Form} form @param {Spec} spec */
const isExplained = (form, spec) =>
  spec.form === "term" && !spec.many && form.data.facets[spec.facet].length <= FEW;

/** Say whether a field takes more than one control. @param {Spec} spec */
const hasSeveral = (spec) =>
  spec.form === "name-or-line" || (spec.form === "number" && spec.fields.length > 0);

/** @param {Form} form @param {Spec} spec @param {Path} path @returns {HTMLElement} */
export function controlOf(form, spec, path) {
  if (spec.many) {
    return spec.form === "term"
      ? boxes(form, spec, path)
      : listOf(form, spec, path, { controlOf, groupOf });
  }
  if (spec.form === "group") return groupOf(form, spec.fields, path);
  if (spec.form === "languages") return translationOf(form, spec, path);
  if (spec.form === "name-or-line") return nameOrLine(form, spec, path);
  if (spec.form === "number" && spec.fields.length) return numberOrRange(form, path);
  if (spec.form === "prose" && spec.words.includes(NOT_KNOWN))
    return proseOrNotKnown(form, spec, path);
  if (spec.form in ROWS) return translated(form, spec, path);
  return isExplained(form, spec) ? explained(form, spec, path) : oneOf(form, spec, path);
}

/** One of a few terms, each with what it means. @param {Form} form @param {Spec} spec @param {Path} path */
function explained(form, spec, path) {
  const given = form.get(path);
  const none = form.texts.say("noneChosen");
  return make(
    "ul",
    { class: "form-boxes" },
    ...[["", none, ""], ...form.data.facets[spec.facet]].map(([term, label, note]) => {
      const id = `${idOf(path)}-${term || "none"}`;
      const choice = make("input", {
        type: "radio",
        id,
        name: idOf(path),
        value: term,
        "aria-describedby": note ? `${id}-note` : undefined,
        on: { change: () => form.set(path, term || undefined) },
      });
      choice.checked = term === (typeof given === "string" ? given : "");
      return make(
        "li",
        { class: "form-box" },
        choice,
        make("label", { for: id }, label),
        note && make("span", { class: "form-note", id: `${id}-note` }, note),
      );
    }),
  );
}

/** @param {Form} form @param {Spec[]} fields @param {Path} path */
export function groupOf(form, fields, path) {
  return make(
    "div",
    { class: "form-group" },
    ...fields.map((field) => fieldOf(form, field, [...path, field.name])),
  );
}

/**
 * One control for one value: a choice where the words are known, else a line to type in.
 * @param {Form} form @param {Spec} spec @param {Path} path @param {string} [id]
 */
export function oneOf(form, spec, path, id = idOf(path)) {
  const value = form.get(path);
  const given = typeof value === "string" ? value : "";
  const choices = choicesOf(form, spec);
  if (choices && choices.length <= 60) {
    /** @type {HTMLSelectElement} */
    const select = make(
      "select",
      { id, on: { change: () => form.set(path, select.value || undefined) } },
      make("option", { value: "" }, form.texts.say("choose")),
      ...choices.map(([word, label]) =>
        make("option", { value: word, selected: word === given }, label),
      ),
    );
    if (given && select.value !== given) {
      select.append(make("option", { value: given, selected: true }, given)); // shown with its fault
    }
    return select;
  }
  const list = choices ? `${spec.form}-choices` : undefined;
  /** @type {HTMLInputElement} */
  const input = make("input", {
    id,
    list,
    type: spec.form === "day" ? "date" : "text",
    inputmode: INPUT_MODES[spec.form],
    autocomplete: "off",
    spellcheck: choices || spec.form !== "name" ? "false" : undefined,
    on: {
      input: () => form.set(path, input.value.trim() ? input.value : undefined),
      change: () => {
        const meant = choices ? idMeant(choices, input.value) : asInFile(spec, input.value);
        if (meant === input.value) return;
        input.value = meant;
        form.set(path, meant || undefined);
      },
    },
  });
  input.value = given;
  if (given && input.value !== given) {
    input.type = "text"; // a day that the calendar does not have is shown as it stands
    input.value = given;
  }
  return input;
}

/**
 * Return id and label of everything that may stand in a field, or undefined where one types.
 * @param {Form} form @param {Spec} spec
 * @returns {[id: string, label: string, ...more: string[]][] | undefined}
 */
export function choicesOf(form, spec) {
  if (spec.form === "term") return form.data.facets[spec.facet];
  if (spec.form === "word") return spec.words.map((word) => [word, spec.labels?.[word] ?? word]);
  if (spec.form === "reference") return [...form.data.references, ...newOnes(form)];
  if (spec.form === "place") return form.data.places;
  return spec.form === "case" ? form.data.cases : undefined;
}

/** The sources that this draft brings along. @param {Form} form @returns {[string, string][]} */
function newOnes(form) {
  return Object.entries(form.sources()).map(([id, source]) => [id, textOf(source.title) || id]);
}

/** @param {unknown} title a name, or one in each language */
const textOf = (title) =>
  typeof title === "string" ? title : String(Object.values(Object(title))[0] ?? "");

/**
 * A text area for each language, the original first.
 * @param {Form} form @param {Spec} spec @param {Path} path
 */
function translated(form, spec, path) {
  return make(
    "div",
    { class: "form-translations" },
    ...form.data.languages.map((language) => {
      const here = [...path, language.code];
      const value = form.get(here);
      const count = make("span", { class: "form-count", "aria-hidden": "true" });
      const area = make("textarea", {
        id: idOf(here),
        lang: language.html,
        rows: ROWS[spec.form],
        "data-path": written(here),
        "aria-describedby": `${idOf(path)}-faults`,
        on: {
          input: () => {
            form.set(here, area.value.trim() ? area.value : undefined);
            tell();
          },
        },
      });
      area.value = typeof value === "string" ? value : "";
      const tell = () => {
        const length = [...area.value.trim()].length;
        const { limit = Infinity } = spec;
        count.textContent = length > limit * 0.7 ? `${length} / ${limit}` : "";
      };
      tell();
      return make(
        "div",
        { class: "form-language" },
        make("label", { for: area.id }, language.name),
        area,
        count,
      );
    }),
    make(
      "p",
      { class: "form-note form-left-behind", "data-of": written(path), hidden: true },
      form.texts.say("leftBehind"),
    ),
  );
}

/**
 * Prose, or a box that says that nobody knows.
 * @param {Form} form @param {Spec} spec @param {Path} path
 */
function proseOrNotKnown(form, spec, path) {
  const texts = translated(form, spec, path);
  const box = make("input", {
    type: "checkbox",
    id: `${idOf(path)}-unknown`,
    on: {
      change: () => {
        const areas = [...texts.querySelectorAll("textarea")];
        const given = Object.fromEntries(
          form.data.languages.map(({ code }, at) => [code, areas[at]?.value ?? ""]),
        );
        const any = Object.values(given).some((words) => words.trim());
        form.set(path, box.checked ? NOT_KNOWN : any ? given : undefined);
        texts.hidden = box.checked;
      },
    },
  });
  box.checked = form.get(path) === NOT_KNOWN;
  texts.hidden = box.checked;
  return make(
    "div",
    {},
    make(
      "p",
      { class: "form-box" },
      box,
      make("label", { for: box.id }, form.texts.say("notKnown")),
    ),
    texts,
  );
}

/**
 * A name that is the same everywhere, or one in each language.
 * @param {Form} form @param {Spec} spec @param {Path} path
 */
function nameOrLine(form, spec, path) {
  const holder = make("div", {});
  const draw = () => {
    const value = form.get(path);
    const inLanguages = typeof value === "object" && value !== null;
    const box = make("input", {
      type: "checkbox",
      id: `${idOf(path)}-languages`,
      on: {
        change: () => {
          const words = form.get(path);
          const first = form.data.languages[0].code;
          form.set(path, box.checked ? { [first]: words ?? "" } : (words?.[first] ?? undefined));
          draw();
          find(holder, "input[type=checkbox]").focus();
        },
      },
    });
    box.checked = inLanguages;
    const control = inLanguages
      ? translated(form, { ...spec, form: "line" }, path)
      : oneOf(form, { ...spec, form: "name" }, path);
    if (!inLanguages) control.setAttribute("aria-label", spec.label);
    holder.replaceChildren(
      control,
      make(
        "p",
        { class: "form-box" },
        box,
        make("label", { for: box.id }, form.texts.say("inLanguages")),
      ),
    );
  };
  draw();
  return holder;
}

/** Return a day or a number as the file has it, however it is typed. @param {Spec} spec @param {string} words */
function asInFile({ form }, words) {
  const mend = { date: mendedDate, day: mendedDate, number: mendedNumber }[form];
  return mend?.(words.trim()) || words;
}

/** Return a number as the file has it. @param {string} words */
const asNumber = (words) => mendedNumber(words.trim()) || words.trim();

/**
 * A number, and a second one where it is only known to lie between the two.
 * @param {Form} form @param {Path} path
 */
function numberOrRange(form, path) {
  const value = form.get(path);
  const range = typeof value === "object" && value !== null;
  const number = (/** @type {string} */ id) =>
    make("input", {
      id,
      inputmode: "decimal",
      autocomplete: "off",
      on: { input: () => change() },
    });
  const low = number(idOf(path));
  const high = number(`${idOf(path)}-to`);
  low.value = range ? (value.from ?? "") : (value ?? "");
  high.value = range ? (value.to ?? "") : "";
  const change = () => {
    const from = asNumber(low.value);
    const to = asNumber(high.value);
    form.set(path, to ? { from, to } : from || undefined);
  };
  return make(
    "div",
    { class: "form-range" },
    make("label", { for: low.id }, form.texts.say("number")),
    low,
    make("label", { for: high.id }, form.texts.say("rangeTo")),
    high,
  );
}

/**
 * How the text of the other languages was made.
 * @param {Form} form @param {Spec} spec @param {Path} path
 */
function translationOf(form, spec, path) {
  const by = spec.fields.find((field) => field.name === "by");
  if (!by) throw new Error("translations tell by whom they were made");
  return make(
    "div",
    { class: "form-group" },
    ...form.data.languages.slice(1).map((language) => {
      const here = [...path, language.code];
      const inner = [...here, "by"];
      const select = oneOf(form, by, inner);
      select.addEventListener("change", () => {
        if (!select.value) form.set(here, undefined);
      });
      return make(
        "div",
        { class: "form-field", "data-path": written(inner) },
        make("label", { for: select.id }, language.name),
        select,
        make("ul", { class: "form-faults" }),
      );
    }),
  );
}

/** A box for each term of a vocabulary. @param {Form} form @param {Spec} spec @param {Path} path */
function boxes(form, spec, path) {
  /** @returns {string[]} */
  const chosen = () => (Array.isArray(form.get(path)) ? form.get(path) : []);
  const known = form.data.facets[spec.facet];
  const strange = chosen().filter((id) => !known.some(([term]) => term === id));
  // Inside a group the terms stand without their notes, or a record would be endless.
  const noted = path.length === 1;
  /** @type {FormDescription["facets"][string]} */
  const entries = [...known];
  for (const id of strange) entries.push([id, id, ""]);
  return make(
    "ul",
    { class: "form-boxes" },
    ...entries.map(([term, label, told]) => {
      const note = noted && told;
      const box = make("input", {
        type: "checkbox",
        id: `${idOf(path)}-${term}`,
        "aria-describedby": note ? `${idOf(path)}-${term}-note` : undefined,
        on: {
          change: () => {
            const rest = chosen().filter((id) => id !== term);
            const next = box.checked ? [...rest, term] : rest;
            form.set(path, next.length ? next : undefined);
          },
        },
      });
      box.checked = chosen().includes(term);
      return make(
        "li",
        { class: "form-box" },
        box,
        make("label", { for: box.id }, label),
        note && make("span", { class: "form-note", id: `${idOf(path)}-${term}-note` }, note),
      );
    }),
  );
}
