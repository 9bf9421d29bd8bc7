/** The summary box as it will look on the page of the case. */

import { make } from "./elements.js";
import { marks, uncited } from "./texts.js";

const PARTS = ["challenge", "measure", "result"];

/**
 * Return the box in one language; what is not written yet says so.
 * @param {any} record @param {{code: string, html: string}} language
 * @param {Record<string, string>} headings of the three parts
 * @param {string} missing what stands where a text is missing
 */
export function summaryOf(record, language, headings, missing) {
  return make(
    "div",
    { class: "summary-blocks", lang: language.html },
    ...PARTS.map((part) => {
      const words = record[part]?.[language.code];
      const written = typeof words === "string" && words.trim();
      return make(
        "div",
        { class: `summary-block summary-${part}` },
        make("h4", {}, headings[part]),
        ...(written ? paragraphs(words) : [make("p", { class: "form-note" }, missing)]),
      );
    }),
  );
}

/** @param {string} words */
function paragraphs(words) {
  const seen = new Set([...marks(words)].flatMap((mark) => mark.ids));
  return uncited(words)
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part, place, all) =>
      make(
        "p",
        {},
        part.trim(),
        // The page numbers its sources; here it is enough to see that there are some.
        place === all.length - 1 &&
          seen.size > 0 &&
          make("sup", {}, ` [${[...seen].map((_, at) => at + 1).join(", ")}]`),
      ),
    );
}
