/**
 * The search page: the address says what is searched for, so that a search can be shared, kept
 * and gone back to.  Typing changes the address in place; pressing Enter makes a step to go back to.
 */
import { repeatInLanguages } from "../shared/languages.js";
import { opener } from "./ui/opener.js";
import { Panel } from "./ui/panel.js";
import { dataOf, find } from "../shared/elements.js";

const root = find(document, "#site-search");
const form = find(root, "form");
const field = find(form, "[name='q']", HTMLInputElement);
const panel = new Panel(root);
const title = document.title;

/** The address of what is searched for now. @returns {string} */
function address() {
  const query = panel.asked();
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
}

/** Search for what the address says. */
function follow() {
  const query = new URLSearchParams(location.search);
  panel.set(query.get("q") ?? "", query.get("type") ?? "");
  void panel.ask({ exact: query.has("exact") });
}

panel.addEventListener("ask", () => {
  if (panel.term || location.search) history.replaceState(null, "", address());
  repeatInLanguages(location.search);
  document.title = panel.term
    ? `${JSON.parse(dataOf(root, "texts")).title.replace("{term}", () => panel.term)} – ${title}`
    : title;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", address());
  void panel.ask();
});
addEventListener("popstate", follow);
opener(root, () => {
  field.focus();
  field.select();
});

follow();
