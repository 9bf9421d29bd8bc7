/**
 * Lets a click anywhere on a card follow its title, also on the text, which stands above the
 * stretched link so that it can be selected.  A click that ends a selection does nothing.
 */
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const card = event.target.closest(".card");
  if (!card || event.target.closest("a, button") || String(getSelection())) return;
  card.querySelector("a")?.dispatchEvent(new MouseEvent("click", event));
});
