/** What a copy says, part by part as on the page: for documents and plain text. */
import { find } from "../shared/elements.js";
import { answerTo } from "./answers.js";

/**
 * @typedef {object} Page what a document takes from the page
 * @property {Texts} text
 * @property {boolean} isChecklist
 * @property {string} title
 * @property {string} language
 * @property {string} address
 * @property {Record<string, string>} states
 * @property {{answer: string, who: string}} labels
 */

/**
 * @param {import("./answers.js").Copy} copy
 * @param {import("./points.js").Point[]} points
 * @param {Page} page
 * @returns {import("./word.js").Outline}
 */
export function outlineOf(copy, points, page) {
  const { text, isChecklist } = page;
  const about = [copy.name];
  if (copy.from) about.push(text.say("started", { title: copy.from.title }));
  about.push(text.say("link", { address: page.address }));
  /** @type {import("./word.js").Outline["sections"]} */
  const sections = [];
  for (const point of points) {
    const heading = headingOf(point.id);
    if (sections.at(-1)?.heading !== heading) sections.push({ heading, rows: [] });
    const given = answerTo(copy, point.id);
    sections.at(-1)?.rows.push(row(point.question, given, point.labels(given.choices), page));
  }
  const known = new Set(points.map((point) => point.id));
  const left = Object.keys(copy.points).filter((id) => !known.has(id));
  if (left.length) {
    const rows = left.map((id) => row(id, answerTo(copy, id), [], page));
    sections.push({ heading: text.say("leftOver"), rows });
  }
  const { answer, who } = page.labels;
  return {
    language: page.language,
    title: page.title,
    about: about.filter(Boolean),
    columns: isChecklist
      ? [text.say("columnQuestion"), text.say("columnState"), answer, who]
      : [text.say("columnQuestion"), answer, who],
    widths: isChecklist ? [35, 13, 35, 17] : [38, 42, 20],
    sections,
  };
}

/**
 * @param {string} question @param {import("./answers.js").Answer} given @param {string[]} labels
 * @param {Page} page
 */
function row(question, given, labels, { isChecklist, states, text }) {
  const taken = given.taken ? text.say("taken") : "";
  const said = [labels.join(", "), given.answer ?? "", taken].filter(Boolean).join("\n");
  const state = isChecklist ? [states[given.state ?? ""] ?? ""] : [];
  return [question, ...state, said, given.who ?? ""];
}

/** Return the heading of the part that a point stands in. @param {string} id */
function headingOf(id) {
  /** @type {Element | null} */
  let element = find(document, `#${CSS.escape(id)}`).closest("ul, ol");
  while (element && !/^(H[2-4]|SUMMARY)$/.test(element.tagName))
    element = element.previousElementSibling;
  const heading = element?.querySelector("h2") ?? element;
  return heading instanceof HTMLElement ? heading.textContent.trim() : "";
}
