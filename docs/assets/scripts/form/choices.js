/** Choices that are typed: an id is meant, but people write what the thing is called. */

/** @param {string} words */
const plain = (words) => words.normalize("NFC").trim().toLocaleLowerCase();

/**
 * Return the id that is meant by what was typed: itself, or the one whose name it is.
 *
 * A name that several have is left as it is, and told as a fault.
 * @param {[id: string, label: string, ...more: string[]][]} choices id and name of each @param {string} words
 */
export function idMeant(choices, words) {
  const typed = words.trim();
  if (choices.some(([id]) => id === typed)) return typed;
  const found = choices.filter(([id, name]) =>
    [id, name].some((one) => plain(one) === plain(typed)),
  );
  return found.length === 1 ? found[0][0] : typed;
}
