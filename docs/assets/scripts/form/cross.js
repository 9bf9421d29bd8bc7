/**
 * Rules between the fields of one group, by the name of the group in the format.
 *
 * Each takes the group's data (without empty values) and returns what is wrong, with the steps from
 * the group to the place.  The same rules stand as `faults` on the models in
 * `hooks/casebook/record/case.py`; a test keeps the two lists of groups equal.
 *
 * @typedef {[place: (string | number)[], rule: string, details?: Record<string, unknown>]} Cross
 */

import { isDate, readNumber } from "./values.js";

const PERSONAL = ["name", "phone", "email"];

/** Return which way a direction says that it went, "" where it does not. @param {any} direction */
function wayOf(direction) {
  const way = typeof direction?.is === "string" ? direction.is.trim() : "";
  return way === "not-studied" ? "" : way;
}

/** @type {Record<string, (data: Record<string, any>) => Cross[]>} */
export const CROSS_CHECKS = {
  period({ start, end }) {
    if (typeof start !== "string" || typeof end !== "string") return [];
    const [begins, ends] = [start.trim(), end.trim()];
    // "~" sorts after every digit and hyphen: a year lasts until its last day.
    const backwards = isDate(begins) && isDate(ends) && `${ends}~` < begins;
    return backwards ? [[["end"], "ends-before-start", { start: begins, end: ends }]] : [];
  },
  status(data) {
    const missing = ["as_of", "note"].filter((key) => !(key in data));
    const isWithdrawn = typeof data.is === "string" && data.is.trim() === "withdrawn";
    if (!isWithdrawn || !missing.length) return [];
    return [[["is"], "withdrawn-without-reason", { fields: missing.join(", ") }]];
  },
  value(data) {
    return "year" in data && "date" in data ? [[["date"], "year-and-date"]] : [];
  },
  result(data) {
    const values = Array.isArray(data.values) ? data.values : undefined;
    /** @type {Cross[]} */
    const found = [];
    if ("disagreement" in data && values && values.length < 2) {
      found.push([["disagreement"], "disagreement-needs-two"]);
    }
    if (data.unit !== "percent" || !values) return found;
    for (const [place, entry] of values.entries()) {
      const given = entry?.value ?? null;
      const range = typeof given === "object" && given !== null;
      const value = range ? given.to : given;
      if (typeof value !== "string" || !(readNumber(value.trim()) > 100)) continue;
      const steps = ["values", place, "value", ...(range ? ["to"] : [])];
      found.push([steps, "percent-above-hundred", { value }]);
    }
    return found;
  },
  direction(data) {
    const way = wayOf(data);
    return way && !("source" in data) ? [[["is"], "direction-without-source", { value: way }]] : [];
  },
  case({ direction, evidence }) {
    const way = wayOf(direction);
    const level = typeof evidence?.level === "string" ? evidence.level.trim() : "";
    if (!way || level !== "described") return [];
    return [[["direction", "is"], "direction-without-evidence", { value: way }]];
  },
  basis(data) {
    return "published" in data || "consent" in data ? [] : [[[], "no-basis"]];
  },
  contact(data) {
    const personal = PERSONAL.find((key) => key in data);
    return personal && !("basis" in data) ? [[[personal], "person-without-basis"]] : [];
  },
};

/**
 * Return the fault of a range whose ends are the wrong way round.
 * @param {{from: string, to: string}} range @returns {Cross[]}
 */
export function rangeFaults({ from, to }) {
  const backwards = readNumber(to.trim()) < readNumber(from.trim());
  return backwards ? [[["to"], "range-backwards", { start: from, end: to }]] : [];
}
