import { PROFILE_PARTS, isEmpty, noProfile, readProfile } from "./state.js";

const KEY = "like-us";

/**
 * "Places like ours": the reader tells of their own place, and cases that have something in common
 * with it come first.  What is told stays in this browser (and in the address, to share).
 *
 * @typedef {import("./state.js").Profile} Profile
 * @typedef {import("./state.js").Known} Known
 */
export class LikeUs {
  /**
   * @param {HTMLDetailsElement} root
   * @param {(profile: Profile, kept: boolean) => void} onChange is told whether the browser lets us
   *   remember the choice
   */
  constructor(root, onChange) {
    this._root = root;
    this._form = root.querySelector("form");
    this._clear = root.querySelector(".like-clear");
    this._told = root.querySelector(".like-told");
    this._fields = Object.fromEntries(
      PROFILE_PARTS.map((part) => [part, this._form.elements[part]]),
    );
    this._fields.municipality.addEventListener("change", () => this._fillIn());
    this._form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._take(this._read(), onChange);
    });
    this._clear.addEventListener("click", () => {
      this._take(noProfile(), onChange);
    });
  }

  /** What may be told of a place. @returns {Known["profile"]} */
  get known() {
    return Object.fromEntries(
      PROFILE_PARTS.map((part) => [
        part,
        [...this._fields[part].options].map((option) => option.value).filter(Boolean),
      ]),
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
    for (const part of PROFILE_PARTS) this._fields[part].value = profile[part];
    this._clear.hidden = isEmpty(profile);
    const labels = PROFILE_PARTS.filter((part) => profile[part]).map(
      (part) => this._fields[part].selectedOptions[0].textContent,
    );
    this._told.textContent = labels.join(" · ");
    this._root.classList.toggle("told", labels.length > 0);
  }

  _read() {
    return Object.fromEntries(PROFILE_PARTS.map((part) => [part, this._fields[part].value]));
  }

  /** A municipality tells its county and size by itself. */
  _fillIn() {
    const { county, size } = this._fields.municipality.selectedOptions[0].dataset;
    this._fields.county.value = county ?? "";
    this._fields.size.value = size ?? "";
  }

  /** Take a choice: the form folds away, so that the cases it brought are in sight. */
  _take(profile, onChange) {
    this._root.open = false;
    this._root.querySelector("summary").focus();
    onChange(profile, remember(profile));
  }
}

/** Keep a profile for the next visit; an empty one by keeping nothing. Say whether it worked. */
function remember(profile) {
  try {
    if (isEmpty(profile)) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(profile));
    return true;
  } catch {
    return false;
  }
}
