// Runs before the first paint (a plain script, on purpose): says that modules will run, so that
// controls which need them may show, that something is searched for, and puts a remembered colour
// choice in place.
if ("noModule" in HTMLScriptElement.prototype) document.documentElement.dataset.script = "";
if (/[?&]q=[^&]/.test(location.search)) document.documentElement.dataset.asked = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: the page follows the system.
}
