/**
 * The colour button: as the system, the opposite of the system, the same fixed, and round again,
 * so that the first press always shows.  The choice is kept in this browser.
 */
const root = document.documentElement;
const button = document.querySelector(".theme-button");
const themes = matchMedia("(prefers-color-scheme: dark)").matches
  ? ["system", "light", "dark"]
  : ["system", "dark", "light"];

/** Show a theme and say so on the button. @param {string} theme one of `themes` */
function show(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const label = button?.lastElementChild;
  if (label) label.textContent = button.dataset[theme] ?? "";
}

/** Keep a theme for the next page; "system" is kept by keeping nothing. @param {string} theme */
function remember(theme) {
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage is closed to us: the choice lasts for this page.
  }
}

if (button) {
  show(root.dataset.theme ?? "system");
  button.addEventListener("click", () => {
    const now = themes.indexOf(root.dataset.theme ?? "system");
    const next = themes[(now + 1) % themes.length] ?? "system";
    show(next);
    remember(next);
  });
}
