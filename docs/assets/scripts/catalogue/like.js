import { PROFILE_PARTS, isEmpty, noProfile, ofParts, readProfile } from "./state.js";
import { find } from "../shared/elements.js";

const KEY = "like-us";

/**
 * "Places like ours": the reader tells of their own place, and cases that have something in common
 * with it come first.  What is told stays in this browser (and in the address, to share).
 *
 * @typedef {import("./state.js").Profile} Profile
 * @typedef {import("./state.js").Known} Known
 */
export class LikeUs {
  #root;
  #form;
  #clear;
  #told;
  #fields;

  /**
   * @param {HTMLDetailsElement} root
   * @param {(profile: Profile, kept: boolean) => void} onChange is told whether the browser lets us
   *   remember the choice
   */
  constructor(root, onChange) {
    this.#root = root;
    this.#form = find(root, "form");
    this.#clear = find(root, ".like-clear");
    this.#told = find(root, ".like-told");
    const field = (/** @type {string} */ part) =>
      find(this.#form, `[name="${part}"]`, HTMLSelectElement);
    this.#fields = ofParts(field);
    this.#fields.municipality.addEventListener("change", () => this.#fillIn());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take(this.#read(), onChange);
    });
    this.#clear.addEventListener("click", () => {
      this.#take(noProfile(), onChange);
    });
  }

  /** What may be told of a place. @returns {Known["profile"]} */
  get known() {
    return ofParts((part) =>
      [...this.#fields[part].options].map((option) => option.value).filter(Boolean),
    );
  }

  /**
   * Return what this browser remembers, as far as it is known.
   * @param {Known} known @returns {Profile}
   */
  remembered(known) {
    try {
      return readProfile(JSON.parse(localStorage.getItem(KEY) ?? "{}"), known);
    } catch {
      return noProfile(); // storage is closed to us, or holds something else
    }
  }

  /** Show a profile. @param {Profile} profile */
  show(profile) {
    for (const part of PROFILE_PARTS) this.#fields[part].value = profile[part];
    this.#clear.hidden = isEmpty(profile);
    const labels = PROFILE_PARTS.filter((part) => profile[part]).map(
      (part) => this.#fields[part].selectedOptions[0]?.textContent,
    );
    this.#told.textContent = labels.join(" · ");
    this.#root.classList.toggle("told", labels.length > 0);
  }

  #read() {
    return ofParts((part) => this.#fields[part].value);
  }

  /** A municipality tells its county and size by itself. */
  #fillIn() {
    const { county, size } = this.#fields.municipality.selectedOptions[0]?.dataset ?? {};
    this.#fields.county.value = county ?? "";
    this.#fields.size.value = size ?? "";
  }

  /**
   * Take a choice: the form folds away, so that the cases it brought are in sight.
   * @param {Profile} profile @param {(profile: Profile, kept: boolean) => void} onChange
   */
  #take(profile, onChange) {
    this.#root.open = false;
    find(this.#root, "summary").focus();
    onChange(profile, remember(profile));
  }
}

/**
 * Keep a profile for the next visit; an empty one by keeping nothing. Say whether it worked.
 * @param {Profile} profile
 */
function remember(profile) {
  try {
    if (isEmpty(profile)) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(profile));
    return true;
  } catch {
    return false;
  }
}
