/**
 * Opens search, by its button and by Ctrl+K (⌘K on Apple's machines).  This is all of search that
 * a page loads; the rest is fetched when somebody opens it.
 */
import { opener } from "./ui/opener.js";

const dialog = document.getElementById("site-search");
const field = dialog?.querySelector("input[type='search']");
let attempts = 0;
let panel = null;

/** Fetch what searches, once; a failure is told in the dialog, where it can be tried again. */
async function load() {
  if (panel) return;
  panel = import(`./ui/panel.js${attempts ? `?again=${attempts}` : ""}`);
  try {
    const { Panel } = await panel;
    new Panel(dialog).wake();
  } catch (error) {
    console.warn("Search:", error);
    panel = null;
    attempts += 1;
    tell();
  }
}

/** Say that search cannot be fetched, and let one try again. */
function tell() {
  const failed = dialog.querySelector(".search-failed");
  failed.hidden = false;
  const again = () => {
    failed.hidden = true;
    field.focus();
    load();
  };
  failed.querySelector("button").addEventListener("click", again, { once: true });
}

/** Show the dialog with the words of last time chosen, so that one can write over them. */
function open() {
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  load();
}

if (dialog) {
  opener(dialog, open);
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
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
