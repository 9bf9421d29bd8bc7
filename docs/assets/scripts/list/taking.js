/**
 * Taking the list along: as an address that one copies, and as a file that one saves or opens.
 */
import { fileName, saveFile } from "../kept/files.js";
import { LONG_ADDRESS, asFile, asFragment, fromFile } from "./exchange.js";
import { find } from "../shared/elements.js";

export class Taking {
  #texts;
  #ways;
  #notes;
  #address;
  #long;
  #file;

  /**
   * @param {HTMLElement} root
   * @param {import("../shared/texts.js").Texts} texts
   * @param {{read: () => import("./list.js").List, say: (text: string) => void,
   *   refuse: (text: string) => void,
   *   offer: (list: import("./list.js").List, cut: boolean) => void}} ways the newest list, telling
   *   what happened or why not, and what to do with the list of a file
   */
  constructor(root, texts, ways) {
    this.#texts = texts;
    this.#ways = ways;
    this.#notes = find(root, ".share-notes", HTMLInputElement);
    this.#address = find(root, "#share-address", HTMLInputElement);
    this.#long = find(root, ".share-long");
    this.#file = find(root, ".file-chosen", HTMLInputElement);
    this.#notes.addEventListener("change", () => this.show());
    this.#address.addEventListener("focus", () => this.#address.select());
    find(root, ".share-copy").addEventListener("click", () => this.#copy());
    find(root, ".file-save").addEventListener("click", () => this.#save());
    find(root, ".file-open").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#open());
  }

  /** Show the address of the list as it is now. */
  show() {
    const list = this.#ways.read();
    const here = new URL(location.pathname, location.href);
    const address = here.href + asFragment(list, this.#notes.checked);
    this.#address.value = list.items.length ? address : "";
    this.#long.hidden = address.length <= LONG_ADDRESS;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#address.value);
      this.#ways.say(this.#texts.say("copied"));
    } catch {
      this.#address.focus();
      this.#address.select();
      this.#ways.say(this.#texts.say("notCopied"));
    }
  }

  #save() {
    const list = this.#ways.read();
    const name = fileName([list.title || this.#texts.say("fileName")], "json");
    saveFile(name, "application/json", asFile(list));
    this.#ways.say(this.#texts.say("saved"));
  }

  async #open() {
    const file = this.#file.files?.[0];
    if (!file) return;
    const read = await fromFile(file);
    this.#file.value = ""; // so that the same file can be chosen again
    if ("refused" in read) {
      const { refused } = read;
      this.#ways.refuse(this.#texts.say(`refused${refused[0].toUpperCase()}${refused.slice(1)}`));
    } else {
      this.#ways.offer(read.list, read.cut);
    }
  }
}
