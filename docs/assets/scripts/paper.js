/**
 * The date of printing, for the foot of each sheet: print.css writes it out.
 */
addEventListener("beforeprint", () => {
  const root = document.documentElement;
  const today = new Intl.DateTimeFormat(root.lang, { dateStyle: "long" }).format();
  root.style.setProperty("--printed", JSON.stringify(` · ${today}`));
});
