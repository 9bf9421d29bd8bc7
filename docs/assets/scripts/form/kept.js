/** What this browser keeps of the form: the list of drafts, and what had to be put aside. */

import { saveFile } from "../kept/files.js";
/** @typedef {import("./drafts.js").Draft} Draft */

import { newestFirst, newKey } from "./drafts.js";
import { button, make } from "./elements.js";
import { find } from "../shared/elements.js";

/**
 * Show the drafts, and what was put aside.
 * @param {CaseForm} form
 */
export function showDrafts(form) {
  const drafts = newestFirst(form.drafts);
  const lines = drafts.map((entry) => lineOf(form, entry));
  const none = make("li", {}, make("span", { class: "form-note" }, form.texts.say("noDrafts")));
  find(form.root, ".form-drafts").replaceChildren(...(lines.length ? lines : [none]));
  const own = drafts.find(([key]) => key === form.key);
  form.shownAs = own && nameOf(form, own[1]);
  const aside = form.drafts.aside === null ? [] : asideOf(form);
  find(form.root, ".form-aside").replaceChildren(...aside);
}

/**
 * Return what a draft is called: its title in the first language, else its id.
 * @param {CaseForm} form @param {Draft} draft @returns {string}
 */
export function nameOf(form, draft) {
  const title = draft.record.title?.[form.data.languages[0].code];
  return (typeof title === "string" && title.trim()) || draft.id || form.texts.say("untitled");
}

/** @param {CaseForm} form @param {[string, Draft]} entry */
function lineOf(form, [key, draft]) {
  const { texts } = form;
  const name = nameOf(form, draft);
  return make(
    "li",
    {},
    key === form.key
      ? make("strong", {}, name)
      : button(name, () => form.open(key, draft), { class: "link-button" }),
    " ",
    button(texts.say("deleteDraft"), () => remove(form, key, draft, name), {
      class: "link-button",
      "aria-label": texts.say("deleteDraftOf", { name }),
    }),
  );
}

/** @param {CaseForm} form @param {string} key @param {Draft} draft @param {string} name */
function remove(form, key, draft, name) {
  form.drafts.change((drafts) => {
    delete drafts[key];
  });
  if (key === form.key) form.open(newKey(), form.emptyDraft());
  else showDrafts(form);
  const undo = button(form.texts.say("undo"), () => {
    form.drafts.change((drafts) => {
      drafts[key] = draft;
    });
    form.open(key, draft);
    find(form.root, ".form-notice").replaceChildren();
    find(form.root, "#field-id").focus();
  });
  form.notice(form.texts.say("deleted", { name }), " ", undo);
  undo.focus();
}

/**
 * What was kept and cannot be read: it can be taken out, and thrown away.
 * @param {CaseForm} form
 */
function asideOf(form) {
  const { texts } = form;
  const save = () =>
    saveFile(texts.say("asideName"), "text/plain;charset=utf-8", form.drafts.aside ?? "");
  const drop = () => {
    form.drafts.dropAside();
    showDrafts(form);
    form.notice(texts.say("asideDropped"));
    find(form.root, "#field-id").focus();
  };
  return [
    make("p", {}, texts.say("aside")),
    make(
      "p",
      { class: "form-buttons" },
      button(texts.say("asideSave"), save),
      button(texts.say("asideDrop"), drop),
    ),
  ];
}
