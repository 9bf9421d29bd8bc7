/**
 * One thing that this browser keeps for the reader: a record in local storage, with a name.
 *
 * Whoever uses it never has to think of the storage.  A change is made to the newest record, also
 * when another tab wrote it a moment ago, so two tabs change different parts of it and neither part
 * is lost.  When the browser keeps nothing (it is full, or closed to us), all changes stay in
 * memory, are tried again with the next one, and the outcome says so.
 *
 * What is stored is untrusted input: `clean` lets through what it knows.  What it does not let
 * through is put aside under a second name before anything is written, and can be taken out.
 *
 * Every name must stand on the page about privacy.
 *
 * @template T
 * @typedef {object} Shape
 * @property {number} version of the record; a later one is not touched by scripts of an older page
 * @property {() => T} empty returns the record of somebody who has kept nothing; it is not stored
 * @property {(value: unknown, version: number) => T | null} clean returns what may be used of
 *   a stored value (of this version or an earlier one), null when that is nothing
 *
 * @typedef {"" | "full" | "forbidden" | "newer"} Reason why nothing is kept: there is no
 *   room, the browser forbids it, or a newer version of this site wrote the record
 *
 * @typedef {object} Outcome
 * @property {boolean} kept whether everything up to now is stored
 * @property {Reason} reason "" when it is
 */

const ASIDE = "-aside";

/** @template T */
export class Store {
  /** @param {string} name @param {Shape<T>} shape */
  constructor(name, shape) {
    this._name = name;
    this._shape = shape;
    this._value = shape.empty();
    /** What was stored when it was last looked at; undefined before the first look. */
    this._text = undefined;
    /** Changes that could not be stored, oldest first; the value in memory has them. */
    this._waiting = [];
    this._reason = /** @type {Reason} */ ("");
    /** Whether what is stored must not be written over. */
    this._closed = false;
    this._listeners = new Set();
    this._load();
    addEventListener("storage", (event) => {
      if (event.key === name || event.key === null) this._hear();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this._hear(); // a page that slept heard of nothing
    });
  }

  /** Return the newest record; what is done with it changes nothing. @returns {T} */
  read() {
    this._load();
    return structuredClone(this._value);
  }

  /** Whether everything up to now is stored. @returns {Outcome} */
  get outcome() {
    return { kept: !this._reason, reason: this._reason };
  }

  /**
   * Change the newest record and store it.
   * @param {(value: T) => void} mutate changes the part it is about, and nothing else; it may run
   *   again, on a newer record
   * @returns {Outcome}
   */
  change(mutate) {
    this._load();
    this._apply([mutate]);
    this._waiting.push(mutate);
    this._write();
    this._tell(true);
    return this.outcome;
  }

  /**
   * Be told of every change, of this tab (`own`) and of others.
   * @param {(value: T, own: boolean) => void} listener @returns {() => void} ends it
   */
  subscribe(listener) {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  }

  /** What was stored and could not be used, as it was; null when there is none. */
  get aside() {
    try {
      return localStorage.getItem(this._name + ASIDE);
    } catch {
      return null;
    }
  }

  /** Throw away what was put aside. */
  dropAside() {
    try {
      localStorage.removeItem(this._name + ASIDE);
    } catch {
      // Storage is closed to us: there is nothing we could throw away.
    }
  }

  /** Another tab wrote or made room: take it in, and try again what waits. */
  _hear() {
    this._load();
    if (this._waiting.length) this._write();
    this._tell(false);
  }

  _tell(own) {
    for (const listener of this._listeners) listener(structuredClone(this._value), own);
  }

  _apply(changes) {
    const value = structuredClone(this._value);
    for (const mutate of changes) mutate(value);
    this._value = value;
  }

  /** Take the newest record, with what still waits to be stored on top of it. */
  _load() {
    let text;
    try {
      text = localStorage.getItem(this._name);
    } catch {
      this._reason = "forbidden";
      return; // what is in memory is the newest there is
    }
    if (text === this._text) return;
    this._text = text;
    this._closed = false;
    if (!this._waiting.length) this._reason = "";
    this._value = text === null ? this._shape.empty() : this._parse(text);
    this._apply(this._waiting);
  }

  /** Return the record in a stored text; what cannot be used of it is put aside. */
  _parse(text) {
    let stored;
    try {
      stored = JSON.parse(text);
    } catch {
      stored = null;
    }
    const version = Object(stored).version;
    if (Number.isInteger(version) && version > this._shape.version) {
      this._closed = true;
      this._reason = "newer";
      return this._shape.empty();
    }
    const value = Number.isInteger(version) ? this._shape.clean(stored.value, version) : null;
    if (value !== null && (version < this._shape.version || same(value, stored.value))) {
      return value;
    }
    this._putAside(text, value);
    return value ?? this._shape.empty();
  }

  /** Move a stored text out of the way, and store what could be used of it. */
  _putAside(text, value) {
    try {
      const before = localStorage.getItem(this._name + ASIDE) ?? "";
      localStorage.removeItem(this._name); // makes room
      if (!before.includes(text)) localStorage.setItem(this._name + ASIDE, before + text);
      this._text = value === null ? null : this._written(value);
      if (this._text !== null) localStorage.setItem(this._name, this._text);
    } catch {
      this._reason = "full";
      this._closed = true; // rather than lose what is there, nothing is stored over it
      try {
        localStorage.setItem(this._name, text);
        this._text = text;
      } catch {
        this._text = null; // it stands aside, in whole
      }
    }
  }

  _written(value) {
    return JSON.stringify({ version: this._shape.version, value });
  }

  _write() {
    if (this._closed) return;
    const isEmpty = same(this._value, this._shape.empty());
    const text = isEmpty ? null : this._written(this._value);
    try {
      if (text === null) localStorage.removeItem(this._name);
      else localStorage.setItem(this._name, text);
    } catch (error) {
      this._reason = Object(error).name === "QuotaExceededError" ? "full" : "forbidden";
      return;
    }
    this._text = text;
    this._waiting = [];
    this._reason = "";
  }
}

/** Say whether two values of JSON are the same. @param {unknown} one @param {unknown} other */
export function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  );
}
