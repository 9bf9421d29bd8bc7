/**
 * Help while reading a page: contents that stand open beside the text.
 */
const contents = document.querySelector("details.contents-fold");
if (contents) {
  const wide = matchMedia("(min-width: 68.75em)");
  const follow = () => {
    contents.open = wide.matches;
  };
  follow();
  wide.addEventListener("change", follow);
}
