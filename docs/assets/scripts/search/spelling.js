/**
 * How far two spellings lie from each other.
 */

/** Share of its letters that somebody may leave out of a long word (sysseting, sysselsetting). */
const LEFT_OUT = 0.35;
/** Letters at both ends that must be right when letters are left out. */
const ENDS = 3;
/** Weight of a letter with a mark that was written without it. */
const MARK = 0.4;

/**
 * The number of changes that make one word of another: letters that are missing, too many, wrong or
 * have changed places.
 *
 * @param {string} a
 * @param {string} b
 * @param {number} most More changes than this are not counted.
 * @param {(letter: string) => string} plain A letter without its mark.
 * @returns {number} Infinity for more than `most`.
 */
export function changes(a, b, most, plain = (letter) => letter) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const marked = !same && plain(a[i - 1]) === plain(b[j - 1]);
      const cost = same ? 0 : marked ? MARK : 1;
      let value = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, before[j - 2] + 1);
      }
      next.push(value);
      least = Math.min(least, value);
    }
    if (least > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[b.length] <= most ? row[b.length] : Infinity;
}

/**
 * How many changes a word of this length may need to count as misspelt.
 *
 * @param {number} length
 */
export function allowance(length) {
  if (length < 4) return 0;
  return length < 9 ? 1 : 2;
}

/**
 * Whether `short` is `whole` with letters left out of the middle.
 *
 * @param {string} short
 * @param {string} whole
 */
export function leavesOut(short, whole) {
  const missing = whole.length - short.length;
  if (missing < 1 || missing > whole.length * LEFT_OUT || short.length < 2 * ENDS) return false;
  if (short.slice(0, ENDS) !== whole.slice(0, ENDS)) return false;
  if (short.slice(-ENDS) !== whole.slice(-ENDS)) return false;
  let at = 0;
  for (const letter of whole) if (letter === short[at]) at++;
  return at === short.length;
}
