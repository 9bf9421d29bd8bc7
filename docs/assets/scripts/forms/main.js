/**
 * Checklists and worksheets that people fill in, in this browser and nowhere else.
 *
 * Without this script the page is what it always was, with room to write on paper.  With it, every
 * point gets fields.  There can be several copies of a form; which one is open stands in the address
 * as an id (`#copy=…`), which tells nothing of what is in it and never leaves the browser.
 */
import { Store } from "../kept/store.js";
import { Notices } from "../shared/notices.js";
import { Texts } from "../shared/texts.js";
import {
  LIMITS,
  VERSION,
  answer,
  answerTo,
  blank,
  clean,
  copiesOf,
  copyOf,
  empty,
  isId,
  newId,
} from "./answers.js";
import { fetchCase, filledFrom } from "./case.js";
import { NameDialog } from "./dialog.js";
import { Parts } from "./parts.js";
import { Point } from "./points.js";
import { Tools } from "./tools.js";
import { Transfer } from "./transfer.js";
import { around, dataOf, find } from "../shared/elements.js";

const HASH = /^#copy=([a-z0-9-]+)$/;

/**
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Copy} Copy
 */

class Form {
  #root;
  #form;
  #texts;
  #tools;
  #select;
  #kept;
  #file;
  #notices;
  #dialog;
  #store;
  #points;
  #parts;
  #transfer;
  #copy;
  #id;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#form = dataOf(root, "form");
    this.#texts = new Texts(find(root, ".form-texts"), dataOf(root, "language"));
    this.#tools = new Tools(root, this.#texts, (point) =>
      this.#change((copy) => {
        delete copy.points[point];
      }),
    );
    this.#select = find(root, "select");
    this.#kept = find(root, ".form-kept");
    this.#file = find(root, ".form-import", HTMLInputElement);
    this.#notices = new Notices(find(root, ".form-notices"), this.#tools.count);
    this.#dialog = new NameDialog(find(root, "dialog"));
    /** @type {Store<Answers>} */
    this.#store = new Store("forms", { version: VERSION, empty, clean });
    this.#points = this.#makePoints();
    this.#parts = new Parts(this.#texts);
    this.#transfer = new Transfer(root, this.#texts, this.#points);
    /** The copy that is shown, whether it is stored or not. */
    this.#copy = blank(this.#form);
    this.#id = newId();
  }

  /** Show the copy that the address asks for, or the one that was open last. */
  start() {
    const answers = this.#store.read();
    const copies = copiesOf(answers, this.#form);
    const asked = location.hash.match(HASH)?.[1];
    const from = new URLSearchParams(location.search).get("case");
    const wanted = [asked, history.state?.copy, answers.last[this.#form], copies[0]?.[0]];
    const found = wanted.find((id) => isId(id) && copyOf(answers, id)?.form === this.#form);
    if (found) this.#open(found);
    else this.#show(true);
    if (asked && found !== asked) this.#notices.show("copy", this.#texts.say("noCopy"));
    this.#listen();
    this.#parts.start();
    this.#tellStorage();
    this.#tellAside();
    this.#root.classList.add("interactive");
    if (from !== null) void this.#startFrom(from);
  }

  #makePoints() {
    const templates = {
      fields: find(this.#root, "template.form-fields"),
      choices: new Map(
        [...this.#root.querySelectorAll("template.form-choices")].map((it) => [
          dataOf(it, "facet"),
          it,
        ]),
      ),
    };
    /** @param {Record<string, string[]>} chosen */
    const hrefOf = (chosen) => this.#tools.href(chosen);
    /** @param {string} id @param {Answer} part */
    const onChange = (id, part) => this.#answer(id, part);
    return [...document.querySelectorAll(".point")].map(
      (item) => new Point(item, templates, this.#texts, hrefOf, onChange),
    );
  }

  #listen() {
    this.#select.addEventListener("change", () => this.#open(this.#select.value));
    this.#root.addEventListener("click", (event) => {
      const button = around(event, "[data-do]");
      if (button) this.#do(dataOf(button, "do"));
    });
    this.#file.addEventListener("change", () => this.#import());
    this.#store.subscribe((answers, own) => {
      if (!own) this.#hear(answers);
    });
    addEventListener("pagehide", () => this.#flush());
    document.addEventListener("visibilitychange", () => this.#flush());
    addEventListener("hashchange", () => {
      const asked = location.hash.match(HASH)?.[1];
      if (!asked) history.replaceState({ ...history.state, copy: this.#id }, "");
      else if (copyOf(this.#store.read(), asked)?.form === this.#form) this.#open(asked);
      else this.#notices.show("copy", this.#texts.say("noCopy"));
    });
    addEventListener("beforeprint", () => this.#flush());
    addEventListener("afterprint", () => delete document.documentElement.dataset.paper);
  }

  /** @param {string} what */
  #do(what) {
    this.#flush();
    this.#notices.clear("done");
    /** @type {Record<string, () => unknown>} */
    const actions = {
      create: () => this.#create(),
      rename: () => this.#rename(),
      duplicate: () => this.#duplicate(),
      delete: () => this.#delete(),
      reset: () => this.#reset(),
      print: () => print(),
      "print-empty": () => {
        document.documentElement.dataset.paper = "empty";
        print();
      },
      word: () => this.#transfer.saveWord(this.#copy),
      text: () => this.#transfer.saveText(this.#copy),
      export: () => this.#transfer.saveFile(this.#copy),
      import: () => this.#file.click(),
    };
    actions[what]?.();
  }

  // --- answers -------------------------------------------------------------------------------------

  /** Take a part of an answer from the page. @param {string} point @param {Answer} part */
  #answer(point, part) {
    const isText = "answer" in part || "choices" in part;
    const whole = isText ? { ...part, taken: undefined } : part;
    this.#change((copy) => answer(copy, point, whole));
    this.#points.find((it) => it.id === point)?.show(answerTo(this.#copy, point), false);
  }

  /** Change the copy that is shown, and store it. @param {(copy: Copy) => void} mutate */
  #change(mutate) {
    const id = this.#id;
    // A copy that was deleted elsewhere comes back whole, with what is on this page.
    const known = structuredClone(this.#copy);
    const outcome = this.#store.change((answers) => {
      const copy = copyOf(answers, id) ?? structuredClone(known);
      answers.copies[id] = copy;
      answers.last[this.#form] = id;
      mutate(copy);
    });
    const isNew = location.hash === "";
    this.#copy = copyOf(this.#store.read(), id) ?? known;
    if (isNew) this.#remember();
    this.#notices.clear("gone");
    this.#kept.textContent = outcome.kept ? this.#texts.say("kept") : "";
    this.#tellStorage();
    this.#showTools();
  }

  #flush() {
    for (const point of this.#points) point.flush();
  }

  /** Another tab changed something. @param {Answers} answers */
  #hear(answers) {
    const now = copyOf(answers, this.#id);
    if (now) {
      this.#copy = now;
      this.#notices.clear("gone");
    } else if (Object.keys(this.#copy.points).length) {
      const text = this.#texts.say("gone", { name: this.#tools.nameOf(this.#copy) });
      this.#notices.show(
        "gone",
        text,
        this.#undo(() => this.#change(() => {})),
      );
    }
    this.#tellStorage();
    this.#show(false);
  }

  // --- copies --------------------------------------------------------------------------------------

  /** @param {string} id */
  #open(id) {
    this.#flush();
    this.#id = id;
    this.#copy = copyOf(this.#store.read(), id) ?? blank(this.#form);
    if (this.#store.read().last[this.#form] !== id) {
      this.#store.change((answers) => {
        if (copyOf(answers, id)) answers.last[this.#form] = id;
      });
    }
    this.#remember();
    this.#kept.textContent = "";
    this.#notices.clear("copy");
    this.#show(true);
  }

  /** Keep in the address which copy is open; a heading that it names stays. */
  #remember() {
    const isStored = copyOf(this.#store.read(), this.#id) !== null;
    const own = isStored ? `#copy=${this.#id}` : "";
    const hash = location.hash && !HASH.test(location.hash) ? location.hash : own;
    history.replaceState({ ...history.state, copy: this.#id }, "", location.pathname + hash);
  }

  /** Store a new copy and open it. @returns {string} its id @param {Copy} copy */
  #add(copy) {
    const id = newId();
    this.#store.change((answers) => {
      answers.copies[id] = structuredClone(copy);
    });
    this.#open(id);
    this.#tellStorage();
    return id;
  }

  #duplicate() {
    const name = this.#texts.say("namedAgain", { name: this.#tools.nameOf(this.#copy) });
    this.#add({ ...this.#copy, name: name.slice(0, LIMITS.name) });
  }

  async #create() {
    const name = await this.#dialog.ask(this.#texts.say("create"), "");
    if (name !== null) this.#add(blank(this.#form, name));
  }

  async #rename() {
    const name = await this.#dialog.ask(this.#texts.say("rename"), this.#copy.name);
    if (name === null) return;
    this.#change((copy) => {
      copy.name = name;
    });
    this.#show(false);
  }

  #delete() {
    const [id, copy] = [this.#id, this.#copy];
    this.#store.change((answers) => {
      delete answers.copies[id];
      if (answers.last[this.#form] === id) delete answers.last[this.#form];
    });
    const [next] = copiesOf(this.#store.read(), this.#form);
    this.#open(next?.[0] ?? newId());
    const back = () => {
      this.#store.change((answers) => {
        answers.copies[id] ??= structuredClone(copy);
      });
      this.#open(id);
    };
    this.#done("deleted", { name: this.#tools.nameOf(copy) }, back);
  }

  #reset() {
    const { points } = this.#copy;
    this.#change((copy) => {
      copy.points = {};
    });
    this.#show(true);
    this.#done("reset", {}, () => {
      this.#change((copy) => {
        copy.points = { ...structuredClone(points), ...copy.points };
      });
      this.#show(true);
    });
  }

  async #import() {
    const file = this.#file.files?.[0];
    this.#file.value = ""; // the same file can be chosen again
    if (!file) return;
    const read = await this.#transfer.read(file);
    if ("refused" in read) {
      this.#notices.show("done", this.#texts.say("nothingChanged", { reason: read.refused }));
      return;
    }
    this.#add(read.copy);
    this.#done("imported", { name: this.#tools.nameOf(read.copy) }, () => this.#delete());
  }

  // --- cases ---------------------------------------------------------------------------------------

  /** Open a copy that a case fills in. @param {string} id from the address */
  async #startFrom(id) {
    const { copies } = this.#store.read();
    let facts;
    try {
      facts = await fetchCase(id, dataOf(this.#root, "case"));
    } catch {
      this.#notices.show("case", this.#texts.say("caseFailed"), {
        label: this.#texts.say("retry"),
        run: () => this.#startFrom(id),
      });
      return;
    }
    this.#notices.clear("case");
    if (!facts) {
      this.#notices.show("case", this.#texts.say("noCase"));
      return;
    }
    const { title } = facts;
    const start = () => {
      const name = this.#texts.say("fromCase", { title });
      this.#add(filledFrom(this.#form, id, name, facts, this.#points));
      this.#parts.reveal(Object.keys(this.#copy.points));
      this.#notices.show("case", this.#texts.say("filled", { title }));
    };
    const before = Object.entries(copies).find(
      ([, copy]) => copy.form === this.#form && copy.from?.id === id,
    );
    if (!before) {
      start();
      return;
    }
    this.#open(before[0]);
    this.#notices.show("case", this.#texts.say("filledBefore", { title }), {
      label: this.#texts.say("fillAgain"),
      run: start,
    });
  }

  // --- what is shown -------------------------------------------------------------------------------

  /** @param {boolean} always */
  #show(always) {
    for (const point of this.#points) point.show(answerTo(this.#copy, point.id), always);
    this.#showTools();
  }

  #showTools() {
    const copies = copiesOf(this.#store.read(), this.#form);
    const points = this.#points.map((point) => point.id);
    this.#tools.show(this.#id, this.#copy, copies, points);
    this.#parts.show(this.#copy);
  }

  // --- what is told --------------------------------------------------------------------------------

  /** @param {string} key @param {Values} values @param {() => void} undo */
  #done(key, values, undo) {
    this.#notices.show("done", this.#texts.say(key, values), this.#undo(undo));
  }

  /** @param {() => void} run */
  #undo(run) {
    return {
      label: this.#texts.say("undo"),
      run: () => {
        this.#notices.clear("done");
        run();
      },
    };
  }

  #tellStorage() {
    const { kept, reason } = this.#store.outcome;
    if (kept) this.#notices.clear("storage");
    else this.#notices.show("storage", this.#texts.say(reason));
  }

  #tellAside() {
    const aside = this.#store.aside;
    if (aside === null) return;
    this.#notices.show("aside", this.#texts.say("aside"), {
      label: this.#texts.say("asideSave"),
      run: () => {
        this.#transfer.saveAside(aside);
        this.#notices.show("aside", this.#texts.say("asideSaved"), {
          label: this.#texts.say("asideDrop"),
          run: () => {
            this.#store.dropAside();
            this.#notices.clear("aside");
          },
        });
      },
    });
  }
}

const found = document.querySelector(".form-tools");
if (found) new Form(found).start();
