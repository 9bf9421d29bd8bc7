/**
 * Where a search for a municipality leads nowhere, there may still be cases from places like it.
 */

/** The names of a place: "Trondheim – Tråante" has two, and in "Våler (Østfold)" one is told apart. */
const namesOf = (label) => label.toLowerCase().replace(/ \(.*\)$/, "").split(" – ");

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
  const answer = await fetch(catalogue).catch(() => null);
  if (!answer?.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("#like-municipality option[data-county]")]
    .filter(({ textContent }) => namesOf(textContent).includes(wanted))
    .map(({ value, textContent, dataset }) => {
      const told = {
        like_municipality: value,
        like_county: dataset.county,
        like_size: dataset.size,
      };
      const known = Object.entries(told).filter(([, text]) => text);
      return { name: textContent, search: `?${new URLSearchParams(known)}` };
    });
}
