/**
 * A page may stand for years without being built again.  What holds until a day only carries that
 * day; once it has passed by the reader's clock, the page says what a new build would say.
 *
 * @param {ParentNode} root the page, also one that was fetched
 */
export function tellByClock(root) {
  const today = new Date().toISOString().slice(0, 10);
  for (const part of root.querySelectorAll("[data-shown-after]")) {
    if (today > (part.dataset.shownAfter ?? "")) part.hidden = false;
  }
  for (const part of root.querySelectorAll("[data-gone-after]")) {
    if (today > (part.dataset.goneAfter ?? "")) part.remove();
  }
}
