/**
 * Where a search for a municipality leads nowhere, there may still be cases from places like it.
 */
import { fetchDocument } from "../../shared/documents.js";

/**
 * The names of a place: "Trondheim – Tråante" has two, and in "Våler (Østfold)" one is told apart.
 * @param {string} label
 */
const namesOf = (label) =>
  label
    .toLowerCase()
    .replace(/ \(.*\)$/, "")
    .split(" – ");

/**
 * Tell what the catalogue's address says of a municipality.  The catalogue is where one can choose
 * among all of them, so its page is asked.
 *
 * @param {string} catalogue address of the catalogue
 * @param {string} term what was searched for
 * @param {string} kind what a municipality is called after its name, in the page's language
 * @returns {Promise<{ name: string, search: string }[]>} all of that name; none for what is no
 *   municipality, and when the catalogue cannot be fetched
 */
export async function likeMunicipality(catalogue, term, kind) {
  const wanted = term.toLowerCase().replace(new RegExp(` ${kind}$`), "");
  const page = await fetchDocument(catalogue).catch(() => null);
  if (!page) return [];
  return [...page.querySelectorAll("#like-municipality option[data-county]")]
    .filter(({ textContent }) => namesOf(textContent).includes(wanted))
    .map(({ value, textContent, dataset }) => {
      const told = {
        like_municipality: value,
        like_county: dataset.county,
        like_size: dataset.size,
      };
      const known = Object.entries(told).flatMap(([name, text]) => (text ? [[name, text]] : []));
      return { name: textContent, search: `?${new URLSearchParams(known)}` };
    });
}
