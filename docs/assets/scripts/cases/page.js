/**
 * The page of a case as another page takes parts of it: fetched from this site, read without
 * running or loading anything, and copied with nothing but what is text, table, picture or link.
 *
 * So a case is told in one place. What compares cases or prints them together shows what stands on
 * their own pages.
 */
import { tellByClock } from "../shared/clock.js";
import { fetchDocument } from "../shared/documents.js";

/** What never comes along: what runs, what one presses, ways through the page, words for editors. */
const LEFT_OUT =
  "script, style, link, meta, iframe, object, embed, form, input, select, textarea, template, nav," +
  " dialog, button:not(.term), .needs-script, .report, .back, .card-tools, .case-tools, [hidden]";
const LINKS = new Set(["https:", "http:", "mailto:", "tel:"]);
const KEPT = new Set(
  (
    "class href lang dir value datetime title alt src width height colspan rowspan scope role start" +
    " viewBox d cx cy r x y rx x1 x2 y1 y2 points transform fill stroke text-anchor focusable" +
    " aria-hidden aria-label aria-current hreflang id data-note data-row"
  ).split(" "),
);

export class CasePage {
  #main;

  /** @param {?Document} document that was fetched @param {URL} address where from */
  constructor(document, address) {
    const main = document?.querySelector("main");
    if (!main?.querySelector(".case-head")) throw new Error(`no case: ${address}`);
    this.address = address;
    this.#main = main;
    unfold(main);
    tellByClock(main);
  }

  /**
   * Fetch the page of a case; throws when it cannot be had or is no case.
   * @param {URL} address
   */
  static async fetch(address) {
    return new CasePage(await fetchDocument(address), address);
  }

  /** Find in the page; what is found belongs to the fetched page. @param {string} selector */
  one(selector) {
    return this.#main.querySelector(selector);
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  all(selector) {
    return [...this.#main.querySelectorAll(selector)];
  }

  /**
   * Return a copy for this page: links lead where they led, and ids begin with `prefix`, so that
   * parts of several cases stand in one page; links within the case lead to them.
   * @param {HTMLElement} element @param {string} prefix
   */
  copy(element, prefix) {
    const copy = document.importNode(element, true);
    for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
    for (const word of copy.querySelectorAll("button.term")) {
      word.replaceWith(
        Object.assign(document.createElement("span"), { textContent: word.textContent }),
      );
    }
    for (const part of [copy, ...copy.querySelectorAll("*")]) this.#clean(part, prefix);
    copy.normalize();
    return copy;
  }

  /**
   * Return a list of the sources that some copies name, nothing when they name none.
   * @param {Element[]} copies @param {string} prefix that the copies were made with
   */
  sources(copies, prefix) {
    const marks = copies.flatMap((copy) => [...copy.querySelectorAll("a.mark")]);
    const named = new Set(marks.map((mark) => mark.getAttribute("href")));
    const items = this.all("#sources .references > li").filter((item) =>
      named.has(`#${prefix}${item.id}`),
    );
    if (!items.length) return [];
    const list = document.createElement("ol");
    list.className = "references";
    list.append(...items.map((item) => this.copy(item, prefix)));
    return [list];
  }

  /** @param {Element} element @param {string} prefix */
  #clean(element, prefix) {
    for (const { name, value } of [...element.attributes]) {
      if (!KEPT.has(name)) element.removeAttribute(name);
      else if (name === "id") element.id = prefix + value;
      else if (name === "href" || name === "src") this.#lead(element, name, value, prefix);
    }
  }

  /** @param {Element} element @param {string} name @param {string} value @param {string} prefix */
  #lead(element, name, value, prefix) {
    if (name === "href" && value.startsWith("#")) {
      element.setAttribute("href", `#${prefix}${value.slice(1)}`);
      return;
    }
    const target = URL.canParse(value, this.address) ? new URL(value, this.address) : null;
    const isFine =
      target && (name === "href" ? LINKS.has(target.protocol) : target.origin === location.origin);
    const isHere = target?.origin === location.origin;
    if (target && isFine) element.setAttribute(name, isHere ? within(target) : target.href);
    else element.removeAttribute(name);
  }
}

/**
 * Take the folds away: their headings and what stands in them stay. @param {HTMLElement} main
 */
function unfold(main) {
  for (const fold of main.querySelectorAll("details.fold")) {
    const summary = fold.querySelector(":scope > summary");
    summary?.replaceWith(...summary.querySelectorAll("h2"));
    fold.replaceWith(...fold.childNodes);
  }
}

/**
 * Return an address of this site without its host: on paper, only those of others are written out.
 * @param {URL} address
 */
export const within = (address) => address.pathname + address.search + address.hash;
