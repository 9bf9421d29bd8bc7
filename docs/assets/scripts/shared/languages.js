/**
 * Let the links to other languages ask the same of the page they lead to.
 *
 * @param {string} search what follows the path: "" or "?…"
 */
export function repeatInLanguages(search) {
  for (const link of document.querySelectorAll(".languages a[data-same-page]"))
    link.search = search;
}
