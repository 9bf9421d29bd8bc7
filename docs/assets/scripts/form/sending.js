/**
 * Ways from a finished record to the editors.  None of them needs a server of ours: the reader
 * opens a page or a program, and sends from there.
 *
 * @typedef {object} Places where things go; an empty text where none is set
 * @property {string} repository such as https://github.com/owner/name
 * @property {string} branch
 * @property {string} email
 */

/** What browsers and the host of the repository take as an address for certain. */
const ADDRESS_LIMIT = 7_500;
/** What programs for e-mail take for certain. */
const MAIL_LIMIT = 1_900;

/**
 * Return the page where a new file is made with its text filled in, or "" when that is too long.
 * @param {Places} places @param {string} id @param {string} text
 */
export function newFileAddress(places, id, text) {
  const query = new URLSearchParams({ filename: `cases/${id}.yml`, value: text });
  const address = `${places.repository}/new/${encodeURIComponent(places.branch)}?${query}`;
  return address.length <= ADDRESS_LIMIT ? address : "";
}

/** Return the page where files are uploaded into the folder of records. @param {Places} places */
export const uploadAddress = (places) =>
  `${places.repository}/upload/${encodeURIComponent(places.branch)}/cases`;

/** Return the page where the file of a case is changed. @param {Places} places @param {string} id */
export const editAddress = (places, id) =>
  `${places.repository}/edit/${encodeURIComponent(places.branch)}/cases/${encodeURIComponent(id)}.yml`;

/**
 * Return the address of a prepared e-mail, or "" when it is too long for some programs.
 * @param {string} email @param {string} subject @param {string} body
 */
export function mailAddress(email, subject, body) {
  const to = encodeURIComponent(email).replace("%40", "@");
  const said = encodeURIComponent(body.replace(/\n/g, "\r\n"));
  const address = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${said}`;
  return address.length <= MAIL_LIMIT ? address : "";
}
