/** The short name of a case: typed, or taken as it is proposed from the title. */

import { button, make } from "./elements.js";

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** @type {Record<string, string>} */
const LETTERS = { æ: "a", ø: "o", å: "a", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l" };
const MOST_WORDS = 4;
const LONGEST = 40;

/**
 * Return an id made from words, or "" when none can be made.
 * @param {string} words @param {(id: string) => boolean} isTaken
 */
export function proposedId(words, isTaken) {
  const plain = words
    .toLocaleLowerCase()
    .replace(/[æøåßđðþł]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  const parts = plain.match(/[a-z0-9]+/g) ?? [];
  let id = "";
  for (const part of parts.slice(0, MOST_WORDS)) {
    const longer = id ? `${id}-${part}` : part.slice(0, LONGEST);
    if (longer.length > LONGEST) break;
    id = longer;
  }
  if (!id) return "";
  let number = 1;
  while (isTaken(number > 1 ? `${id}-${number}` : id)) number += 1;
  return number > 1 ? `${id}-${number}` : id;
}

/**
 * Return the field of the id; `form.drawProposal` shows what is proposed.
 * @param {CaseForm} form
 */
export function idField(form) {
  const { texts } = form;
  const input = make("input", {
    id: "field-id",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "field-id-help field-id-faults",
    readonly: form.draft.existing,
    on: { input: () => change() },
  });
  input.value = form.draft.id;
  const change = () => {
    form.draft.id = input.value.trim();
    form.touched.add("");
    form.changed();
  };
  const line = make("p", { class: "form-proposal", hidden: form.draft.existing });
  form.drawProposal = () => {
    const proposed = proposalFor(form);
    if (line.dataset.id === proposed) return;
    line.dataset.id = proposed;
    const take = () => {
      input.value = proposed;
      change();
      input.focus();
    };
    line.replaceChildren(
      ...(proposed
        ? [button(texts.say("idProposal", { id: proposed }), take, { class: "link-button" })]
        : []),
    );
  };
  return make(
    "div",
    { class: "form-field form-id", "data-path": "" },
    make(
      "label",
      { for: "field-id" },
      texts.say("idLabel"),
      make("span", { class: "form-required" }, ` ${texts.say("required")}`),
    ),
    make("p", { class: "form-help", id: "field-id-help" }, texts.say("idHelp")),
    input,
    line,
    make("ul", { class: "form-faults", id: "field-id-faults" }),
  );
}

/**
 * Propose an id where none stands that can be used, and nothing elsewhere.
 * @param {CaseForm} form
 */
function proposalFor(form) {
  const { id, record, existing } = form.draft;
  /** @param {string} one */
  const isTaken = (one) =>
    [...form.data.reserved, ...form.data.elsewhere, ...form.world.cases.keys()].includes(one);
  if (existing || (ID.test(id) && !isTaken(id))) return "";
  const title = record.title?.[form.data.languages[0].code];
  return proposedId(id || (typeof title === "string" ? title.split(":")[0] : ""), isTaken);
}
