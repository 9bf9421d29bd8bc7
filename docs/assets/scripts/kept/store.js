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
 * @typedef {"" | "full" | "forbidden" | "newer"} Reason why nothing is kept: there is no
 *   room, the browser forbids it, or a newer version of this site wrote the record
 *
 * @typedef {object} Outcome
 * @property {boolean} kept whether everything up to now is stored
 * @property {Reason} reason "" when it is
 */

/**
 * @template T
 * @typedef {object} Shape
 * @property {number} version of the record; a later one is not touched by scripts of an older page
 * @property {() => T} empty returns the record of somebody who has kept nothing; it is not stored
 * @property {(value: unknown, version: number) => T | null} clean returns what may be used of
 *   a stored value (of this version or an earlier one), null when that is nothing
 */

const ASIDE = "-aside";

/** @template T */
export class Store {
  #name;
  #shape;
  #value;
  /**
   * What was stored when it was last looked at; undefined before the first look.
   * @type {string | null | undefined}
   */
  #text;
  /**
   * Changes that could not be stored, oldest first; the value in memory has them.
   * @type {((value: T) => void)[]}
   */
  #waiting = [];
  #reason;
  #closed;
  #listeners;

  /** @param {string} name @param {Shape<T>} shape */
  constructor(name, shape) {
    this.#name = name;
    this.#shape = shape;
    this.#value = shape.empty();
    this.#reason = /** @type {Reason} */ ("");
    /** Whether what is stored must not be written over. */
    this.#closed = false;
    this.#listeners = new Set();
    this.#load();
    addEventListener("storage", (event) => {
      if (event.key === name || event.key === null) this.#hear();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#hear(); // a page that slept heard of nothing
    });
  }

  /** Return the newest record; what is done with it changes nothing. @returns {T} */
  read() {
    this.#load();
    return structuredClone(this.#value);
  }

  /** Whether everything up to now is stored. @returns {Outcome} */
  get outcome() {
    return { kept: !this.#reason, reason: this.#reason };
  }

  /**
   * Change the newest record and store it.
   * @param {(value: T) => void} mutate changes the part it is about, and nothing else; it may run
   *   again, on a newer record
   * @returns {Outcome}
   */
  change(mutate) {
    this.#load();
    this.#apply([mutate]);
    this.#waiting.push(mutate);
    this.#write();
    this.#tell(true);
    return this.outcome;
  }

  /**
   * Be told of every change, of this tab (`own`) and of others.
   * @param {(value: T, own: boolean) => void} listener @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What was stored and could not be used, as it was; null when there is none. */
  get aside() {
    try {
      return localStorage.getItem(this.#name + ASIDE);
    } catch {
      return null;
    }
  }

  /** Throw away what was put aside. */
  dropAside() {
    try {
      localStorage.removeItem(this.#name + ASIDE);
    } catch {
      // Storage is closed to us: there is nothing we could throw away.
    }
  }

  /** Another tab wrote or made room: take it in, and try again what waits. */
  #hear() {
    this.#load();
    if (this.#waiting.length) this.#write();
    this.#tell(false);
  }

  /** @param {boolean} own */
  #tell(own) {
    for (const listener of this.#listeners) listener(structuredClone(this.#value), own);
  }

  /** @param {((value: T) => void)[]} changes */
  #apply(changes) {
    const value = structuredClone(this.#value);
    for (const mutate of changes) mutate(value);
    this.#value = value;
  }

  /** Take the newest record, with what still waits to be stored on top of it. */
  #load() {
    let text;
    try {
      text = localStorage.getItem(this.#name);
    } catch {
      this.#reason = "forbidden";
      return; // what is in memory is the newest there is
    }
    if (text === this.#text) return;
    this.#text = text;
    this.#closed = false;
    if (!this.#waiting.length) this.#reason = "";
    this.#value = text === null ? this.#shape.empty() : this.#parse(text);
    this.#apply(this.#waiting);
  }

  /**
   * Return the record in a stored text; what cannot be used of it is put aside.
   * @param {string} text @returns {T}
   */
  #parse(text) {
    let stored;
    try {
      stored = JSON.parse(text);
    } catch {
      stored = null;
    }
    const version = Object(stored).version;
    if (Number.isInteger(version) && version > this.#shape.version) {
      this.#closed = true;
      this.#reason = "newer";
      return this.#shape.empty();
    }
    const value = Number.isInteger(version) ? this.#shape.clean(stored.value, version) : null;
    if (value !== null && (version < this.#shape.version || same(value, stored.value))) {
      return value;
    }
    this.#putAside(text, value);
    return value ?? this.#shape.empty();
  }

  /**
   * Move a stored text out of the way, and store what could be used of it.
   * @param {string} text @param {T | null} value
   */
  #putAside(text, value) {
    try {
      const before = localStorage.getItem(this.#name + ASIDE) ?? "";
      localStorage.removeItem(this.#name); // makes room
      if (!before.includes(text)) localStorage.setItem(this.#name + ASIDE, before + text);
      this.#text = value === null ? null : this.#written(value);
      if (this.#text !== null) localStorage.setItem(this.#name, this.#text);
    } catch {
      this.#reason = "full";
      this.#closed = true; // rather than lose what is there, nothing is stored over it
      try {
        localStorage.setItem(this.#name, text);
        this.#text = text;
      } catch {
        this.#text = null; // it stands aside, in whole
      }
    }
  }

  /** @param {T} value */
  #written(value) {
    return JSON.stringify({ version: this.#shape.version, value });
  }

  #write() {
    if (this.#closed) return;
    const isEmpty = same(this.#value, this.#shape.empty());
    const text = isEmpty ? null : this.#written(this.#value);
    try {
      if (text === null) localStorage.removeItem(this.#name);
      else localStorage.setItem(this.#name, text);
    } catch (error) {
      this.#reason = Object(error).name === "QuotaExceededError" ? "full" : "forbidden";
      return;
    }
    this.#text = text;
    this.#waiting = [];
    this.#reason = "";
  }
}

/**
 * Say whether two values of JSON are the same.
 * @param {unknown} one @param {unknown} other @returns {boolean}
 */
export function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const parts = new Map(Object.entries(other));
  const entries = Object.entries(one);
  return (
    entries.length === parts.size &&
    entries.every(([key, part]) => parts.has(key) && same(part, parts.get(key)))
  );
}
