/**
 * The number beside "My list" on every page.  It only reads what is kept, and reads as little as it
 * can: what a list is, and what may stand in it, is told in `list.js`.
 */
const count = document.querySelector(".list-link .list-count");

/** Show how many cases the list holds. */
function show() {
  if (!count) return;
  let number = 0;
  try {
    number =
      Number(Object(JSON.parse(localStorage.getItem("my-list") ?? "null")).value?.items?.length) ||
      0;
  } catch {
    // Storage is closed to us, or holds something else.
  }
  count.hidden = number === 0;
  count.textContent = String(number);
}

if (count) {
  show();
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  addEventListener("my-list", show); // told by whoever changes the list in this tab
}
