/**
 * Explained words.  Opening, closing and Escape are the browser's own (popover); this adds hovering
 * with a mouse, and takes the reader to the explanation that was asked for by tap or keyboard.
 * In browsers without popovers the explanations stand below the text, and the word leads there.
 */
const OPEN_AFTER = 350;
const CLOSE_AFTER = 300;

/**
 * Let a word and its explanation work together.
 * @param {HTMLButtonElement} word
 * @param {HTMLElement} note
 */
function connect(word, note) {
  let hovering = false; // whether the mouse opened it, and nothing else
  let timer = 0;

  note.setAttribute("role", "dialog");
  note.setAttribute("aria-labelledby", `${note.id}-name`);
  note.setAttribute("aria-describedby", `${note.id}-text`);
  note.tabIndex = -1;

  const isOpen = () => note.matches(":popover-open");
  /** @param {() => void} action @param {number} delay */
  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const show = () => {
    if (isOpen() || document.querySelector(".term-note:popover-open")?.matches(":focus-within"))
      return;
    hovering = true;
    note.showPopover({ source: word });
  };
  const hide = () => {
    if (hovering && isOpen()) note.hidePopover();
  };

  for (const part of [word, note]) {
    part.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      if (part === word) later(show, OPEN_AFTER);
      else clearTimeout(timer);
    });
    part.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") later(hide, CLOSE_AFTER);
    });
  }
  word.addEventListener("click", () => {
    clearTimeout(timer);
    // What the mouse opened is opened anew, and now stays, instead of being closed by the click.
    if (hovering && isOpen()) note.hidePopover();
    hovering = false;
  });
  note.addEventListener("toggle", (event) => {
    word.classList.toggle("open", event.newState === "open");
    if (event.newState === "closed") hovering = false;
    else if (!hovering) note.focus({ preventScroll: true });
  });
  // Who goes on by keyboard is not left with an explanation that covers the text.
  note.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && relatedTarget !== word && !note.contains(relatedTarget))
      note.hidePopover();
  });
}

const hasPopovers = "popover" in HTMLElement.prototype;
for (const word of document.querySelectorAll("button.term[popovertarget]")) {
  const note = document.getElementById(word.getAttribute("popovertarget") ?? "");
  if (note && hasPopovers) connect(word, note);
  else if (note) word.addEventListener("click", () => note.scrollIntoView());
}
// What is open would otherwise lie over the printed text.
addEventListener("beforeprint", () =>
  document.querySelector(".term-note:popover-open")?.hidePopover(),
);
