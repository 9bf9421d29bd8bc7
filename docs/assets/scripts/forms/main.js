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
import { Point } from "./points.js";
import { Tools } from "./tools.js";
import { Transfer } from "./transfer.js";

const HASH = /^#copy=([a-z0-9-]+)$/;

class Form {
  /** @param {HTMLElement} root */
  constructor(root) {
    const { form, language } = root.dataset;
    this._root = root;
    this._form = form;
    this._texts = new Texts(root.querySelector(".form-texts"), language);
    this._tools = new Tools(root, this._texts, (point) =>
      this._change((copy) => {
        delete copy.points[point];
      }),
    );
    this._select = root.querySelector("select");
    this._kept = root.querySelector(".form-kept");
    this._file = root.querySelector(".form-import");
    this._notices = new Notices(root.querySelector(".form-notices"), this._tools.count);
    this._dialog = new NameDialog(root.querySelector("dialog"));
    this._store = new Store("forms", { version: VERSION, empty, clean });
    this._points = this._makePoints();
    this._transfer = new Transfer(root, this._texts, this._points);
    /** The copy that is shown, whether it is stored or not. */
    this._copy = blank(form);
    this._id = newId();
  }

  /** Show the copy that the address asks for, or the one that was open last. */
  start() {
    const answers = this._store.read();
    const copies = copiesOf(answers, this._form);
    const asked = location.hash.match(HASH)?.[1];
    const from = new URLSearchParams(location.search).get("case");
    const wanted = [asked, history.state?.copy, answers.last[this._form], copies[0]?.[0]];
    const found = wanted.find((id) => isId(id) && copyOf(answers, id)?.form === this._form);
    if (found) this._open(found);
    else this._show(true);
    if (asked && found !== asked) this._notices.show("copy", this._texts.say("noCopy"));
    this._listen();
    this._tellStorage();
    this._tellAside();
    this._root.classList.add("interactive");
    if (from !== null) this._startFrom(from);
  }

  _makePoints() {
    const templates = {
      fields: this._root.querySelector(".form-fields"),
      choices: new Map(
        [...this._root.querySelectorAll(".form-choices")].map((it) => [it.dataset.facet, it]),
      ),
    };
    const hrefOf = (chosen) => this._tools.href(chosen);
    const onChange = (id, part) => this._answer(id, part);
    return [...document.querySelectorAll(".point")].map(
      (item) => new Point(item, templates, this._texts, hrefOf, onChange),
    );
  }

  _listen() {
    this._select.addEventListener("change", () => this._open(this._select.value));
    this._root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this._do(button.dataset.do);
    });
    this._file.addEventListener("change", () => this._import());
    this._store.subscribe((answers, own) => {
      if (!own) this._hear(answers);
    });
    addEventListener("pagehide", () => this._flush());
    document.addEventListener("visibilitychange", () => this._flush());
    addEventListener("hashchange", () => {
      const asked = location.hash.match(HASH)?.[1];
      if (!asked) history.replaceState({ ...history.state, copy: this._id }, "");
      else if (copyOf(this._store.read(), asked)?.form === this._form) this._open(asked);
      else this._notices.show("copy", this._texts.say("noCopy"));
    });
    addEventListener("beforeprint", () => this._flush());
    addEventListener("afterprint", () => delete document.documentElement.dataset.paper);
  }

  _do(what) {
    this._flush();
    this._notices.clear("done");
    const actions = {
      create: () => this._create(),
      rename: () => this._rename(),
      duplicate: () => this._duplicate(),
      delete: () => this._delete(),
      reset: () => this._reset(),
      print: () => print(),
      "print-empty": () => {
        document.documentElement.dataset.paper = "empty";
        print();
      },
      word: () => this._transfer.saveWord(this._copy),
      text: () => this._transfer.saveText(this._copy),
      export: () => this._transfer.saveFile(this._copy),
      import: () => this._file.click(),
    };
    actions[what]?.();
  }

  // --- answers -------------------------------------------------------------------------------------

  /** Take a part of an answer from the page. */
  _answer(point, part) {
    const isText = "answer" in part || "choices" in part;
    const whole = isText ? { ...part, taken: undefined } : part;
    this._change((copy) => answer(copy, point, whole));
    this._points.find((it) => it.id === point).show(answerTo(this._copy, point), false);
  }

  /** Change the copy that is shown, and store it. @param {(copy: object) => void} mutate */
  _change(mutate) {
    const id = this._id;
    // A copy that was deleted elsewhere comes back whole, with what is on this page.
    const known = structuredClone(this._copy);
    const outcome = this._store.change((answers) => {
      answers.copies[id] ??= structuredClone(known);
      answers.last[this._form] = id;
      mutate(answers.copies[id]);
    });
    const isNew = location.hash === "";
    this._copy = copyOf(this._store.read(), id);
    if (isNew) this._remember();
    this._notices.clear("gone");
    this._kept.textContent = outcome.kept ? this._texts.say("kept") : "";
    this._tellStorage();
    this._showTools();
  }

  _flush() {
    for (const point of this._points) point.flush();
  }

  /** Another tab changed something. */
  _hear(answers) {
    const now = copyOf(answers, this._id);
    if (now) {
      this._copy = now;
      this._notices.clear("gone");
    } else if (Object.keys(this._copy.points).length) {
      const text = this._texts.say("gone", { name: this._tools.nameOf(this._copy) });
      this._notices.show(
        "gone",
        text,
        this._undo(() => this._change(() => {})),
      );
    }
    this._tellStorage();
    this._show(false);
  }

  // --- copies --------------------------------------------------------------------------------------

  _open(id) {
    this._flush();
    this._id = id;
    this._copy = copyOf(this._store.read(), id) ?? blank(this._form);
    if (this._store.read().last[this._form] !== id) {
      this._store.change((answers) => {
        if (copyOf(answers, id)) answers.last[this._form] = id;
      });
    }
    this._remember();
    this._kept.textContent = "";
    this._notices.clear("copy");
    this._show(true);
  }

  /** Keep in the address which copy is open; a heading that it names stays. */
  _remember() {
    const isStored = copyOf(this._store.read(), this._id) !== null;
    const own = isStored ? `#copy=${this._id}` : "";
    const hash = location.hash && !HASH.test(location.hash) ? location.hash : own;
    history.replaceState({ ...history.state, copy: this._id }, "", location.pathname + hash);
  }

  /** Store a new copy and open it. @returns {string} its id */
  _add(copy) {
    const id = newId();
    this._store.change((answers) => {
      answers.copies[id] = structuredClone(copy);
    });
    this._open(id);
    this._tellStorage();
    return id;
  }

  _duplicate() {
    const name = this._texts.say("namedAgain", { name: this._tools.nameOf(this._copy) });
    this._add({ ...this._copy, name: name.slice(0, LIMITS.name) });
  }

  async _create() {
    const name = await this._dialog.ask(this._texts.say("create"), "");
    if (name !== null) this._add(blank(this._form, name));
  }

  async _rename() {
    const name = await this._dialog.ask(this._texts.say("rename"), this._copy.name);
    if (name === null) return;
    this._change((copy) => {
      copy.name = name;
    });
    this._show(false);
  }

  _delete() {
    const [id, copy] = [this._id, this._copy];
    this._store.change((answers) => {
      delete answers.copies[id];
      if (answers.last[this._form] === id) delete answers.last[this._form];
    });
    const [next] = copiesOf(this._store.read(), this._form);
    this._open(next?.[0] ?? newId());
    const back = () => {
      this._store.change((answers) => {
        answers.copies[id] ??= structuredClone(copy);
      });
      this._open(id);
    };
    this._done("deleted", { name: this._tools.nameOf(copy) }, back);
  }

  _reset() {
    const { points } = this._copy;
    this._change((copy) => {
      copy.points = {};
    });
    this._show(true);
    this._done("reset", {}, () => {
      this._change((copy) => {
        copy.points = { ...structuredClone(points), ...copy.points };
      });
      this._show(true);
    });
  }

  async _import() {
    const [file] = this._file.files;
    this._file.value = ""; // the same file can be chosen again
    if (!file) return;
    const { copy, refused } = await this._transfer.read(file);
    if (refused) {
      this._notices.show("done", this._texts.say("nothingChanged", { reason: refused }));
      return;
    }
    this._add(copy);
    this._done("imported", { name: this._tools.nameOf(copy) }, () => this._delete());
  }

  // --- cases ---------------------------------------------------------------------------------------

  /** Open a copy that a case fills in. @param {string} id from the address */
  async _startFrom(id) {
    const { copies } = this._store.read();
    let facts;
    try {
      facts = await fetchCase(id, this._root.dataset.case);
    } catch {
      this._notices.show("case", this._texts.say("caseFailed"), {
        label: this._texts.say("retry"),
        run: () => this._startFrom(id),
      });
      return;
    }
    this._notices.clear("case");
    if (!facts) {
      this._notices.show("case", this._texts.say("noCase"));
      return;
    }
    const { title } = facts;
    const before = Object.entries(copies).find(
      ([, copy]) =>
        copy.form === this._form &&
        copy.from?.id === id &&
        Object.values(copy.points).every((point) => point.taken),
    );
    if (before) {
      this._open(before[0]);
      this._notices.show("case", this._texts.say("filledBefore", { title }));
      return;
    }
    const name = this._texts.say("fromCase", { title });
    this._add(filledFrom(this._form, id, name, facts, this._points));
    this._notices.show("case", this._texts.say("filled", { title }));
  }

  // --- what is shown -------------------------------------------------------------------------------

  _show(always) {
    for (const point of this._points) point.show(answerTo(this._copy, point.id), always);
    this._showTools();
  }

  _showTools() {
    const copies = copiesOf(this._store.read(), this._form);
    const points = this._points.map((point) => point.id);
    this._tools.show(this._id, this._copy, copies, points);
  }

  // --- what is told --------------------------------------------------------------------------------

  _done(key, values, undo) {
    this._notices.show("done", this._texts.say(key, values), this._undo(undo));
  }

  _undo(run) {
    return {
      label: this._texts.say("undo"),
      run: () => {
        this._notices.clear("done");
        run();
      },
    };
  }

  _tellStorage() {
    const { kept, reason } = this._store.outcome;
    if (kept) this._notices.clear("storage");
    else this._notices.show("storage", this._texts.say(reason));
  }

  _tellAside() {
    const aside = this._store.aside;
    if (aside === null) return;
    this._notices.show("aside", this._texts.say("aside"), {
      label: this._texts.say("asideSave"),
      run: () => {
        this._transfer.saveAside(aside);
        this._notices.show("aside", this._texts.say("asideSaved"), {
          label: this._texts.say("asideDrop"),
          run: () => {
            this._store.dropAside();
            this._notices.clear("aside");
          },
        });
      },
    });
  }
}

const root = document.querySelector(".form-tools");
if (root) new Form(root).start();
