/** What a browser has and Node.js does not: storage and events, as far as scripts use them. */

/** Something that keeps texts by name, as `localStorage` does. */
class Texts {
  #texts = new Map();
  /** Whether there is no room for more. */
  isFull = false;

  getItem(name) {
    return this.#texts.get(name) ?? null;
  }

  setItem(name, text) {
    if (this.isFull) throw new DOMException("no room", "QuotaExceededError");
    this.#texts.set(name, text);
  }

  removeItem(name) {
    this.#texts.delete(name);
  }
}

/** Put a storage in place, empty; return it. @param {string} [name] of the global */
export function emptyStorage(name = "localStorage") {
  const texts = new Texts();
  Object.defineProperty(globalThis, name, { value: texts, configurable: true, writable: true });
  globalThis.addEventListener ??= () => {};
  globalThis.dispatchEvent ??= () => true;
  return texts;
}

/** Let whoever asks for the storage be refused, as browsers do that keep nothing. */
export function forbiddenStorage(name = "localStorage") {
  emptyStorage(name);
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      throw new DOMException("not allowed", "SecurityError");
    },
  });
}
