/**
 * Lists: several values or several groups, added, taken away and moved.
 *
 * What is taken away can be put back by the same button that stands in its place, until the next
 * one is taken away.
 */

import { button, idOf, make } from "./elements.js";
import { nameOfItem } from "./names.js";
import { written } from "./rules.js";

/**
 * A group that can be closed; its name is followed by the first text in it.
 * @param {string} name @param {Node} content @param {unknown} value
 */
function folded(name, content, value) {
  const first = textIn(value);
  return make(
    "details",
    { open: !first },
    make("summary", {}, make("span", { class: "form-item-name" }, name), first && ` ${first}`),
    content,
  );
}

/** Return the first text in a value, or "". @param {unknown} value @returns {string} */
function textIn(value) {
  if (typeof value === "string") return [...value].slice(0, 60).join("");
  const [first] = Object.values(Object(value));
  return first === undefined ? "" : textIn(first);
}

/**
 * @param {CaseForm} form @param {Field} spec @param {Path} path
 * @param {Pick<typeof import("./controls.js"), "controlOf" | "groupOf">} ways to fill an item
 */
export function listOf(form, spec, path, { controlOf, groupOf }) {
  const single = { ...spec, many: false };
  const items = make("ol", { class: "form-items" });
  /** @returns {unknown[]} */
  const values = () => (Array.isArray(form.get(path)) ? form.get(path) : []);
  /** @param {unknown[]} next */
  const change = (next) => form.set(path, next.length ? next : undefined);
  /** @type {[place: number, value: unknown] | null} */
  let removed = null;

  /** @param {number} [focus] */
  const draw = (focus) => {
    items.replaceChildren(...values().map((_, place) => item(place)));
    undo.hidden = !removed;
    if (focus !== undefined)
      items.children[focus]?.querySelector("input, select, textarea, button")?.focus();
  };

  /** @param {number} place @param {number} by */
  const move = (place, by) => {
    const next = [...values()];
    [next[place], next[place + by]] = [next[place + by], next[place]];
    change(next);
    draw();
    const buttons = items.children[place + by].querySelectorAll(
      ":scope > .form-item-tools > button",
    );
    (buttons[by < 0 ? 0 : 1].disabled ? buttons[by < 0 ? 1 : 0] : buttons[by < 0 ? 0 : 1]).focus();
    form.announce(form.texts.say("moved", { place: place + by + 1, total: next.length }));
  };

  /** @param {number} place */
  const remove = (place) => {
    const next = [...values()];
    removed = [place, next.splice(place, 1)[0]];
    change(next);
    draw();
    undo.hidden = false;
    undo.focus();
    form.announce(form.texts.say("removed"));
  };

  /** @param {number} place */
  const item = (place) => {
    const here = [...path, place];
    const name = nameOfItem(form, spec, place);
    const last = place === values().length - 1;
    const content =
      spec.form === "group" ? groupOf(form, spec.fields, here) : controlOf(form, single, here);
    if (!content.querySelector("textarea") && spec.form !== "group")
      content.setAttribute("aria-label", name);
    return make(
      "li",
      {
        class: spec.form === "group" ? "form-item" : "form-item form-item-line",
        "data-path": written(here),
        tabindex: "-1",
      },
      spec.form === "group" ? folded(name, content, values()[place]) : content,
      make("ul", { class: "form-faults", id: `${idOf(here)}-faults` }),
      make(
        "p",
        { class: "form-item-tools" },
        button(form.texts.say("up"), () => move(place, -1), {
          disabled: place === 0,
          "aria-label": form.texts.say("upOf", { name }),
        }),
        button(form.texts.say("down"), () => move(place, 1), {
          disabled: last,
          "aria-label": form.texts.say("downOf", { name }),
        }),
        button(form.texts.say("remove"), () => remove(place), {
          "aria-label": form.texts.say("removeOf", { name }),
        }),
      ),
    );
  };

  const undo = button(form.texts.say("undo"), () => {
    if (!removed) return;
    const next = [...values()];
    const [place, value] = removed;
    next.splice(place, 0, value);
    removed = null;
    change(next);
    draw(place);
  });
  const add = button(spec.add ?? "", () => {
    const empty = spec.form === "group" || ["line", "text", "prose"].includes(spec.form) ? {} : "";
    form.begin(path, [...values(), empty]);
    removed = null;
    draw(values().length - 1);
  });
  draw();
  return make("div", {}, items, make("p", { class: "form-add" }, add, undo));
}
