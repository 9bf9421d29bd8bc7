/**
 * Help while reading a page: contents that stand open beside the text.
 */
const folds = document.querySelectorAll("details.contents-fold");
if (folds.length) {
  const wide = matchMedia("(min-width: 68.75em)");
  const follow = () => {
    for (const fold of folds) fold.open = wide.matches;
  };
  follow();
  wide.addEventListener("change", follow);
}
