/**
 * Taking the list along: as an address that one copies, and as a file that one saves or opens.
 */
import { fileName, saveFile } from "../kept/files.js";
import { LONG_ADDRESS, asFile, asFragment, fromFile } from "./exchange.js";

export class Taking {
  /**
   * @param {HTMLElement} root
   * @param {import("../shared/texts.js").Texts} texts
   * @param {{read: () => import("./list.js").List, say: (text: string) => void,
   *   refuse: (text: string) => void,
   *   offer: (list: import("./list.js").List, cut: boolean) => void}} ways the newest list, telling
   *   what happened or why not, and what to do with the list of a file
   */
  constructor(root, texts, ways) {
    this._texts = texts;
    this._ways = ways;
    this._notes = root.querySelector(".share-notes");
    this._address = root.querySelector("#share-address");
    this._long = root.querySelector(".share-long");
    this._file = root.querySelector(".file-chosen");
    this._notes.addEventListener("change", () => this.show());
    this._address.addEventListener("focus", () => this._address.select());
    root.querySelector(".share-copy").addEventListener("click", () => this._copy());
    root.querySelector(".file-save").addEventListener("click", () => this._save());
    root.querySelector(".file-open").addEventListener("click", () => this._file.click());
    this._file.addEventListener("change", () => this._open());
  }

  /** Show the address of the list as it is now. */
  show() {
    const list = this._ways.read();
    const here = new URL(location.pathname, location.href);
    const address = here.href + asFragment(list, this._notes.checked);
    this._address.value = list.items.length ? address : "";
    this._long.hidden = address.length <= LONG_ADDRESS;
  }

  async _copy() {
    try {
      await navigator.clipboard.writeText(this._address.value);
      this._ways.say(this._texts.say("copied"));
    } catch {
      this._address.focus();
      this._address.select();
      this._ways.say(this._texts.say("notCopied"));
    }
  }

  _save() {
    const list = this._ways.read();
    const name = fileName([list.title || this._texts.say("fileName")], "json");
    saveFile(name, "application/json", asFile(list));
    this._ways.say(this._texts.say("saved"));
  }

  async _open() {
    const [file] = this._file.files;
    if (!file) return;
    const read = await fromFile(file);
    this._file.value = ""; // so that the same file can be chosen again
    if ("refused" in read) {
      const { refused } = read;
      this._ways.refuse(this._texts.say(`refused${refused[0].toUpperCase()}${refused.slice(1)}`));
    } else {
      this._ways.offer(read.list, read.cut);
    }
  }
}
