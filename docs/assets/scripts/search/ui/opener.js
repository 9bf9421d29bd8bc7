/** Whether the keyboard has ⌘ where others have Ctrl. */
const isApple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/**
 * Let the button of the header, and Ctrl+K or ⌘K, begin a search.
 *
 * @param {HTMLElement} root what holds the texts of search
 * @param {() => void} begin what to do
 */
export function opener(root, begin) {
  const button = document.querySelector(".search-button");
  if (isApple) {
    button?.setAttribute("aria-keyshortcuts", "Meta+K");
    const keys = button?.querySelector("kbd");
    if (keys) keys.textContent = JSON.parse(root.dataset.texts ?? "{}").shortcut_apple;
  }
  button?.addEventListener("click", begin);
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const wanted = isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    if (!wanted || altKey || shiftKey || key.toLowerCase() !== "k") return;
    // Another dialog that is open keeps the keyboard.
    if (document.querySelector("dialog:modal:not(#site-search)")) return;
    event.preventDefault();
    begin();
  });
}
