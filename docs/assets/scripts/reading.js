/**
 * Help while reading a page: contents that stand open beside the text, and the print button.
 */
const contents = document.querySelector(".contents-fold");
if (contents) {
  const wide = matchMedia("(min-width: 68.75em)");
  const follow = () => {
    contents.open = wide.matches;
  };
  follow();
  wide.addEventListener("change", follow);
}

document.querySelector("[data-print]")?.addEventListener("click", () => print());

// A page may stand for years without being built again.  What holds until a day only carries that
// day; once it has passed by the reader's clock, the page says what a new build would say.
const today = new Date().toISOString().slice(0, 10);
for (const part of document.querySelectorAll("[data-shown-after]")) {
  if (today > part.dataset.shownAfter) part.hidden = false;
}
for (const part of document.querySelectorAll("[data-gone-after]")) {
  if (today > part.dataset.goneAfter) part.remove();
}
