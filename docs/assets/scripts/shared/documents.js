/**
 * Fetch a page of this site as a document, without running or loading anything of it.
 *
 * Not with `fetch` and a parser for text: browsers may refuse to read text as markup, and pages of
 * this site tell them to.
 *
 * A page of a case that was renamed leads on; what it leads to is fetched in its place.
 *
 * @param {URL | string} address
 * @returns {Promise<?Document>} null when there is no such page; rejected when it cannot be had
 */
export function fetchDocument(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const take = () => {
      if (request.status === 404) resolve(null);
      else if (request.status === 200 && request.response) resolve(followed(request.response));
      else fail();
    };
    /** @param {Document} page */
    const followed = (page) => {
      const on = page.querySelector(".leads-on a")?.getAttribute("href");
      return on ? fetchDocument(new URL(on, new URL(address, document.baseURI))) : page;
    };
    const fail = () => reject(new Error(`${request.status}: ${address}`));
    request.open("GET", address);
    request.responseType = "document";
    request.onload = take;
    request.onerror = fail;
    request.onabort = fail;
    request.send();
  });
}
