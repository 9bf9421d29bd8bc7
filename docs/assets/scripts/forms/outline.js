/** What a copy says, part by part as on the page: for documents and plain text. */
import { answerTo } from "./answers.js";

/**
 * @param {import("./answers.js").Copy} copy
 * @param {import("./points.js").Point[]} points
 * @param {{text: import("../shared/texts.js").Texts, isChecklist: boolean, title: string,
 *   language: string, address: string, states: Record<string, string>,
 *   labels: {answer: string, who: string}}} page
 * @returns {import("./word.js").Outline}
 */
export function outlineOf(copy, points, page) {
  const { text, isChecklist } = page;
  const about = [copy.name];
  if (copy.from) about.push(text.say("started", { title: copy.from.title }));
  about.push(text.say("link", { address: page.address }));
  const sections = [];
  for (const point of points) {
    const heading = headingOf(point.id);
    if (sections.at(-1)?.heading !== heading) sections.push({ heading, rows: [] });
    const given = answerTo(copy, point.id);
    sections.at(-1).rows.push(row(point.question, given, point.labels(given.choices), page));
  }
  const known = new Set(points.map((point) => point.id));
  const left = Object.keys(copy.points).filter((id) => !known.has(id));
  if (left.length) {
    const rows = left.map((id) => row(id, copy.points[id], [], page));
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

function row(question, given, labels, { isChecklist, states, text }) {
  const taken = given.taken ? text.say("taken") : "";
  const said = [labels.join(", "), given.answer ?? "", taken].filter(Boolean).join("\n");
  const state = isChecklist ? [states[given.state ?? ""]] : [];
  return [question, ...state, said, given.who ?? ""];
}

/** Return the heading of the part that a point stands in. @param {string} id */
function headingOf(id) {
  let element = document.getElementById(id).closest("ul, ol");
  while (element && !/^H[2-4]$/.test(element.tagName)) element = element.previousElementSibling;
  return element?.innerText.trim() ?? "";
}
