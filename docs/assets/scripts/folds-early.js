// Runs while the page is read (a plain script, on purpose): parts of a case that the reader had open,
// and the part that the address leads to, are open from the first paint, so that nothing moves.
{
  const open = new Set();
  try {
    for (const name of (localStorage.getItem("open-parts") ?? "").split(" ")) open.add(name);
  } catch {
    // Storage is closed to us: everything stays folded.
  }
  open.add(location.hash.slice(1));
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof HTMLDetailsElement && open.has(node.dataset.fold)) node.open = true;
      }
    }
  });
  observer.observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => observer.disconnect());
}
