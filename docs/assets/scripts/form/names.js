/** What people call a place in the record: the labels on the way to it, never its keys. */

import { NEW_SOURCES, fieldsOfSource, plainGroup } from "./source-fields.js";

/**
 * Return the name of one item of a list, such as "Place 2". @param {number} place from 0 on
 * @param {{texts: Texts}} form @param {{item?: string, label: string}} spec
 */
export const nameOfItem = (form, spec, place) =>
  form.texts.say("item", { label: spec.item || spec.label, number: place + 1 });

/**
 * Return the name of a place, such as "Organisation 1, Roles".
 * @param {CaseForm} form @param {Path} path
 */
export function nameOf(form, path) {
  if (!path.length) return form.texts.say("idLabel");
  const names = [];
  let fields = [
    ...form.data.fields,
    {
      ...plainGroup(fieldsOfSource(form)),
      name: NEW_SOURCES,
      item: form.texts.say("newSourceItem"),
    },
  ];
  /** @type {Field | undefined} */
  let list;
  for (const step of path) {
    if (typeof step === "number") {
      if (list) names[names.length - 1] = nameOfItem(form, list, step);
      continue;
    }
    list = fields.find((field) => field.name === step);
    const language = form.data.languages.find(({ code }) => code === step);
    names.push(list?.label ?? language?.name ?? step);
    fields = list?.fields ?? fields;
  }
  return names.join(", ");
}
