// A page while it is written: it loads itself anew when it has become another, and tells why a
// build failed.  Put into pages by the server of `make site` only (tools/live/server.py).

const own = new URL(import.meta.url);
/** What the server called this page when it sent it. */
const shown = `"${own.search.slice(1)}"`;

/** @type {EventSource | null} */
let news = null;
/** @type {HTMLElement | null} */
let box = null;

function listen() {
  // Only while someone looks: a browser keeps six connections to a host, and each tab would take one.
  if (document.visibilityState === "visible") {
    const address = new URL("news", own);
    address.search = `?${new URLSearchParams({ page: location.pathname })}`;
    news ??= new EventSource(address);
    news.onmessage = ({ data }) => take(JSON.parse(data));
  } else {
    news?.close();
    news = null;
  }
}

/** @param {{failure: Record<string, string> | null}} news */
async function take({ failure }) {
  tell(failure);
  let answer;
  try {
    answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  } catch {
    return; // the server has ended
  }
  const now = answer.headers.get("ETag");
  // Browsers keep the place on the page.
  if (now !== null && now !== shown) location.reload();
}

/** Say why a build failed, in each language; null: it did not. @param {Record<string, string> | null} failure */
function tell(failure) {
  box?.remove();
  box = null;
  if (failure === null) return;
  box = document.createElement("section");
  box.className = "preview-failure";
  box.setAttribute("role", "alert");
  for (const [language, text] of Object.entries(failure)) {
    const told = document.createElement("pre");
    told.lang = language;
    told.textContent = text;
    box.append(told);
  }
  document.body.append(box);
}

const styles = document.createElement("link");
styles.rel = "stylesheet";
styles.href = new URL("page.css", own).href;
document.head.append(styles);
document.addEventListener("visibilitychange", listen);
listen();
