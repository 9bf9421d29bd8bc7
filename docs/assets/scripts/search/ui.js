/**
 * Opens search, by its button and by Ctrl+K (⌘K on Apple's machines).  This is all of search that
 * a page loads; the rest is fetched when somebody opens it.
 */
import { opener } from "./ui/opener.js";

let attempts = 0;
/** @type {Promise<typeof import("./ui/panel.js")> | null} */
let fetched = null;

/**
 * Fetch what searches, once; a failure is told in the dialog, where it can be tried again.
 * @param {HTMLDialogElement} dialog @param {HTMLInputElement} field
 */
async function load(dialog, field) {
  if (fetched !== null) return;
  fetched = import(`./ui/panel.js${attempts ? `?again=${attempts}` : ""}`);
  try {
    const { Panel } = await fetched;
    new Panel(dialog).wake();
  } catch (error) {
    // biome-ignore lint/suspicious/noConsole: why it failed is for whoever looks into it
    console.warn("Search:", error);
    fetched = null;
    attempts += 1;
    tell(dialog, field);
  }
}

/**
 * Say that search cannot be fetched, and let one try again.
 * @param {HTMLDialogElement} dialog @param {HTMLInputElement} field
 */
function tell(dialog, field) {
  const failed = dialog.querySelector(".search-failed");
  if (!failed) return;
  failed.hidden = false;
  const renewed = failed.querySelector(".search-renewed");
  if (renewed) renewed.hidden = attempts < 2;
  const again = () => {
    failed.hidden = true;
    field.focus();
    void load(dialog, field);
  };
  failed.querySelector("button")?.addEventListener("click", again, { once: true });
}

/** Let the dialog of the page be opened and closed. @param {HTMLDialogElement} dialog */
function connect(dialog) {
  const field = dialog.querySelector("input[type='search']");
  if (!field) return;
  opener(dialog, () => {
    if (!dialog.open) dialog.showModal();
    // The words of last time are chosen, so that one can write over them.
    field.focus();
    field.select();
    void load(dialog, field);
  });
  dialog.querySelector(".search-close")?.addEventListener("click", () => dialog.close());
  // Esc closes at once, where the browser would first empty the field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

const found = document.querySelector("dialog#site-search");
if (found) connect(found);
