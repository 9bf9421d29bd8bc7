/**
 * Which known word a misspelt one was most likely meant to be.
 *
 * The same measure and cut as the command line's (`difflib.get_close_matches` of Python with one
 * match and a cutoff of 0.6), so that both propose the same word.  Two words are as alike as twice
 * the share of characters in their matching blocks (Ratcliff and Obershelp).
 */

const CUTOFF = 0.6;

/**
 * Return the candidate closest to `word`, or "" when none is near.
 * @param {string} word @param {Iterable<string>} candidates
 */
export function closest(word, candidates) {
  const meant = [...word.trim().toLowerCase()];
  let best = "";
  let height = CUTOFF;
  for (const candidate of candidates) {
    const ratio = likeness([...candidate], meant);
    // Of two that are equally near, the one later in the alphabet: as the command line does.
    if (ratio > height || (ratio === height && candidate > best)) {
      best = candidate;
      height = ratio;
    }
  }
  return best;
}

/** @param {string[]} first @param {string[]} second */
function likeness(first, second) {
  const total = first.length + second.length;
  return total ? (2 * matched(first, second)) / total : 1;
}

/**
 * Count the characters in matching blocks: the longest one, then those left and right of it.
 * @param {string[]} first @param {string[]} second @returns {number}
 */
function matched(first, second) {
  let start = 0;
  let other = 0;
  let size = 0;
  let lengths = new Map();
  for (let at = 0; at < first.length; at += 1) {
    const next = new Map();
    for (let place = 0; place < second.length; place += 1) {
      if (first[at] !== second[place]) continue;
      const length = (lengths.get(place - 1) ?? 0) + 1;
      next.set(place, length);
      if (length > size) {
        [start, other, size] = [at - length + 1, place - length + 1, length];
      }
    }
    lengths = next;
  }
  if (!size) return 0;
  return (
    size +
    matched(first.slice(0, start), second.slice(0, other)) +
    matched(first.slice(start + size), second.slice(other + size))
  );
}

/**
 * Return candidates as text to choose from, in the order of their characters, cut after `most`.
 * @param {Iterable<string>} candidates @param {number} [most]
 */
export function some(candidates, most = 8) {
  const words = [...candidates].sort(byCharacter);
  return words.slice(0, most).join(", ") + (words.length > most ? ", …" : "");
}

/**
 * Order as the command line does: by code point, not by the browser's language.
 * @param {string} first @param {string} second
 */
export function byCharacter(first, second) {
  return first < second ? -1 : Number(first > second);
}
