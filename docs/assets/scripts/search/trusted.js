/**
 * What browsers may take as markup or code though a script says it as text: pages are told not to
 * take any (`require-trusted-types-for`).  Our scripts need no exception.  Pagefind needs two: it
 * empties elements by giving them no markup, and names its worker by its address.
 */
const WORKER = new URL("../../../pagefind/pagefind-worker.js", import.meta.url).href;

window.trustedTypes?.createPolicy("default", {
  createHTML: (/** @type {string} */ text) => (text === "" ? text : null),
  createScriptURL: (/** @type {string} */ address) =>
    new URL(address, document.baseURI).href === WORKER ? address : null,
});
