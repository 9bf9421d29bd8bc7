/** What a case fills in: read from its page on this site. */
import { fetchDocument } from "../shared/documents.js";
import { LIMITS, answer, blank, isId } from "./answers.js";

/**
 * Fetch what a case fills in.
 * @param {string} id from an address, so anything
 * @param {string} pattern the address of a case, with `{id}`
 * @returns {Promise<?{title: string, filled: Record<string, string>,
 *   choices: Record<string, string[]>}>} null when
 *   there is no such case, or it fills in nothing; rejects when it cannot be fetched
 */
export async function fetchCase(id, pattern) {
  if (!isId(id)) return null;
  const page = await fetchDocument(new URL(pattern.replace("{id}", id), document.baseURI));
  const facts = page?.querySelector(".agreement")?.dataset.facts;
  return facts ? JSON.parse(facts) : null;
}

/**
 * Return a new copy with what a case fills in, each answer marked as taken from it.
 * @param {string} form @param {string} id of the case @param {string} name of the copy
 * @param {NonNullable<Awaited<ReturnType<typeof fetchCase>>>} facts
 * @param {import("./points.js").Point[]} points
 */
export function filledFrom(form, id, name, facts, points) {
  const copy = blank(form, name.slice(0, LIMITS.name));
  copy.from = { id, title: facts.title.slice(0, LIMITS.title) };
  for (const point of points.filter((it) => it.source)) {
    const choices = Object.fromEntries(
      point.facets.flatMap((it) => (facts.choices[it] ? [[it, facts.choices[it]]] : [])),
    );
    const text = Object.keys(choices).length ? "" : (facts.filled[point.source] ?? "");
    answer(copy, point.id, { answer: text, choices, taken: true });
  }
  return copy;
}
