/**
 * What a script takes for given on its page.  A page without it is a mistake of ours, and is told
 * as one.
 */

/**
 * Return the first element that a selector finds.
 * @type {Find}
 */
export const find = (
  /** @type {ParentNode} */ root,
  /** @type {string} */ selector,
  /** @type {new () => Element} */ type = HTMLElement,
) => {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`no ${selector} on the page`);
  return /** @type {any} */ (found);
};

/** Return a copy of what a template holds. @param {HTMLTemplateElement} template */
export function fromTemplate(template) {
  const copy = template.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error("an empty template");
  return copy;
}

/** Return what an element carries as `data-…`. @param {HTMLElement} element @param {string} name */
export function dataOf(element, name) {
  const text = element.dataset[name];
  if (text === undefined) throw new Error(`no data-${name} on the page`);
  return text;
}

/**
 * Return the closest element around what an event is about that a selector fits, or null.
 * @param {Event} event @param {string} selector
 */
export function around(event, selector) {
  const { target } = event;
  return target instanceof Element ? target.closest(selector) : null;
}
