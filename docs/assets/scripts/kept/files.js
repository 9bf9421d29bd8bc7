/**
 * Files that a reader saves, and files that they bring back.  A file is untrusted input.
 *
 * @typedef {"large" | "unreadable" | "damaged" | "wrong"} Refusal why a file is not taken: it is
 *   too large, cannot be read, is not whole JSON in UTF-8, or holds something else
 */

/** Larger than anything that we write ourselves. */
export const SIZE_LIMIT = 1_000_000;
const NAME_LIMIT = 60;

/**
 * Let the browser save a file.
 * @param {string} name @param {string} type of the content @param {BlobPart} content
 */
export function saveFile(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Return a name for a file: what is said, with letters and digits only.
 * @param {string[]} parts @param {string} ending such as "json"
 */
export function fileName(parts, ending) {
  const words = parts
    .join(" ")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, NAME_LIMIT)
    .replace(/^-+|-+$/g, "")
    .toLocaleLowerCase();
  return `${words || "kunnskapsbanken"}.${ending}`;
}

/**
 * Read a file of JSON that a reader chose.
 * @template T
 * @param {File} file
 * @param {(value: unknown) => T | null} clean returns what may be used of the content, null when
 *   it is no content of this kind
 * @returns {Promise<{value: T} | {refused: Refusal}>}
 */
export async function readJson(file, clean) {
  if (file.size > SIZE_LIMIT) return { refused: "large" };
  let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { refused: "unreadable" };
  }
  let content;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { refused: "damaged" };
  }
  const value = clean(content);
  return value === null ? { refused: "wrong" } : { value };
}
