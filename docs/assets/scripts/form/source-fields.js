/**
 * The fields of a new source, as the format describes those of a record.
 *
 * New sources stand in the draft beside the fields of the record, under a key that no field has.
 */

export const NEW_SOURCES = "new_sources";

/**
 * Return the fields of a new source: its id, and what the list of references says of a source.
 * @param {{data: FormDescription}} form @returns {Field[]}
 */
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

/** Return a field that holds other fields, for lists that the format does not have. @param {Field[]} fields */
export const plainGroup = (fields) => ({
  model: "",
  name: "",
  form: "group",
  label: "",
  help: "",
  required: false,
  many: false,
  words: [],
  facet: "",
  fields,
});
