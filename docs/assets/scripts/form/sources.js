/**
 * Sources that the list of references lacks: written in the form, and given as a text of their own.
 *
 * They stand in the draft beside the fields of the record, under a key that no field has.
 */

import { controlOf } from "./controls.js";
import { make } from "./elements.js";
import { faultsInGroup } from "./rules.js";
import { NEW_SOURCES, fieldsOfSource, plainGroup } from "./source-fields.js";

/** Return the list of new sources. @param {CaseForm} form */
export function newSources(form) {
  const label = form.texts.say("newSources");
  const spec = {
    ...plainGroup(fieldsOfSource(form)),
    name: NEW_SOURCES,
    label,
    item: form.texts.say("newSourceItem"),
    add: form.texts.say("newSourceAdd"),
    many: true,
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

/** Return what is wrong with the new sources. @param {CaseForm} form */
export function sourceFaults(form) {
  /** @type {unknown[]} */
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
