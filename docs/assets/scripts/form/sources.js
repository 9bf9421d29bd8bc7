/**
 * Sources that the list of references lacks: written in the form, and given as a text of their own.
 *
 * They stand in the draft beside the fields of the record, under a key that no field has.
 */

import { controlOf } from "./controls.js";
import { make } from "./elements.js";
import { faultsInGroup } from "./rules.js";

export const NEW_SOURCES = "new_sources";

/** Return the fields of a new source: its id, and what the list of references says of a source. */
export function fieldsOfSource(form) {
  const id = {
    ...form.data.source_id,
    model: "source",
    name: "id",
    form: "pattern",
    rule: "not-an-id",
    required: true,
    many: false,
    words: [],
    fields: [],
    facet: "",
    example: "id: …",
  };
  return [id, ...form.data.source_fields];
}

/** Return the list of new sources. @param {import("./controls.js").Form} form */
export function newSources(form) {
  const label = form.texts.say("newSources");
  const spec = {
    name: NEW_SOURCES,
    label,
    item: form.texts.say("newSourceItem"),
    add: form.texts.say("newSourceAdd"),
    form: "group",
    many: true,
    words: [],
    fields: fieldsOfSource(form),
  };
  return make(
    "fieldset",
    { class: "form-field", "data-path": NEW_SOURCES, tabindex: "-1" },
    make("legend", {}, label),
    make("p", { class: "form-help" }, form.texts.say("newSourcesHelp")),
    controlOf(form, spec, [NEW_SOURCES]),
    make("ul", { class: "form-faults" }),
  );
}

/** Return what is wrong with the new sources. */
export function sourceFaults(form) {
  const given = form.get([NEW_SOURCES]) ?? [];
  return given.flatMap((source, place) => [
    ...faultsInGroup(
      "reference_entry",
      fieldsOfSource(form),
      source,
      [NEW_SOURCES, place],
      form.world,
    ),
  ]);
}
