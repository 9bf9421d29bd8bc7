/** What people call a place in the record: the labels on the way to it, never its keys. */

import { NEW_SOURCES, fieldsOfSource } from "./sources.js";

/** Return the name of one item of a list, such as "Place 2". @param {number} place from 0 on */
export const nameOfItem = (form, spec, place) =>
  form.texts.say("item", { label: spec.item || spec.label, number: place + 1 });

/**
 * Return the name of a place, such as "Organisation 1, Roles".
 * @param {any} form the form (`CaseForm` in main.js) @param {import("./tree.js").Path} path
 */
export function nameOf(form, path) {
  if (!path.length) return form.texts.say("idLabel");
  const names = [];
  let fields = [
    ...form.data.fields,
    {
      name: NEW_SOURCES,
      label: "",
      item: form.texts.say("newSourceItem"),
      fields: fieldsOfSource(form),
    },
  ];
  let list;
  for (const step of path) {
    if (typeof step === "number") {
      names[names.length - 1] = nameOfItem(form, list, step);
      continue;
    }
    list = fields.find((field) => field.name === step);
    const language = form.data.languages.find(({ code }) => code === step);
    names.push(list?.label ?? language?.name ?? step);
    fields = list?.fields ?? fields;
  }
  return names.join(", ");
}
