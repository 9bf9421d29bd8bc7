/**
 * The date of printing, for the foot of each sheet: print.css writes it out.
 */
import { longDate } from "./shared/dates.js";

addEventListener("beforeprint", () => {
  const root = document.documentElement;
  root.style.setProperty("--printed", JSON.stringify(` · ${longDate(root.lang)}`));
});
