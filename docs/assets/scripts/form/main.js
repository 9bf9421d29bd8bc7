/**
 * The form for cases: from an idea to the file of a record, in the browser alone.
 *
 * Nothing is sent from here.  What is written is kept as a draft in this browser, and checked by
 * the rules of `casebook check` while it is written.
 */

import { same } from "../kept/store.js";
import { Texts } from "../shared/texts.js";
import { tellLeftBehind } from "./changed.js";
import { fieldOf } from "./controls.js";
import { idMeant } from "./choices.js";
import { MOST, cleanDraft, newestFirst, newKey, openDrafts } from "./drafts.js";
import { make } from "./elements.js";
import { finish } from "./finish.js";
import { idField } from "./id.js";
import { nameOf, showDrafts } from "./kept.js";
import { lettersOf, mended } from "./letters.js";
import { told } from "./messages.js";
import { NEW_SOURCES } from "./source-fields.js";
import { newSources, sourceFaults } from "./sources.js";
import { summaryOf } from "./preview.js";
import { faultsOf, written } from "./rules.js";
import { signsOf } from "./structure.js";
import { Steps } from "./steps.js";
import { at, inOrder, put } from "./tree.js";
import { around, dataOf, find } from "../shared/elements.js";

const CHECK_AFTER = 250;
const LISTS = /** @type {const} */ ({ place: "places", reference: "references", case: "cases" });

/** @typedef {import("./drafts.js").Draft} Draft */

export class CaseForm {
  /**
   * @param {HTMLElement} root @param {FormDescription} data
   * @param {import("./sending.js").Places} places
   */
  constructor(root, data, places) {
    this.root = root;
    this.data = data;
    this.places = places;
    this.texts = new Texts(find(root, ".form-texts"), document.documentElement.lang);
    this.drafts = openDrafts();
    this.world = {
      fields: data.fields,
      languages: data.languages,
      facets: Object.fromEntries(
        Object.entries(data.facets).map(([facet, terms]) => [facet, terms.map(([id]) => id)]),
      ),
      places: data.places.map(([id]) => id),
      references: data.references.map(([id]) => id),
      cases: new Map(data.cases.map(([id, , parent]) => [id, parent])),
      elsewhere: data.elsewhere,
      letters: lettersOf(data.letters),
      signs: signsOf(data.structure),
      limits: data.limits,
      domains: data.domains,
    };
    this.live = find(root, "[role=status]");
    /** The fields somebody has been in: the first step of their paths. @type {Set<Path[number]>} */
    this.touched = new Set();
    this.everything = false;
    this.key = newKey();
    this.draft = this.emptyDraft();
    /** @type {import("./rules.js").Fault[]} */
    this.faults = [];
    /** What shows one part at a time. @type {Steps | undefined} */
    this.steps = undefined;
    /** The case as the site has it, where one is revised. @type {Tree | undefined} */
    this.original = undefined;
    /** What the draft is called in the list of drafts. @type {string | undefined} */
    this.shownAs = undefined;
    /** What draws the parts that follow what is written. @type {(() => void) | undefined} */
    this.drawPreview = undefined;
    /** @type {(() => void) | undefined} */
    this.drawProposal = undefined;
    this.timer = 0;
    this.pressed = false;
    this.waiting = false;
  }

  // --- what controls ask for ---------------------------------------------------------------

  /** @param {Path} path @returns {any} */
  get(path) {
    return at(this.draft.record, path);
  }

  /** @param {Path} path @param {unknown} value */
  set(path, value) {
    this.touched.add(path[0]);
    this.begin(path, value);
  }

  /**
   * Put a value where nobody has written yet: what it lacks is not told before they have.
   * @param {Path} path @param {unknown} value
   */
  begin(path, value) {
    const clean = typeof value === "string" ? mended(value, this.world.letters) : value;
    put(this.draft.record, path, clean);
    this.changed();
  }

  /** @param {string} words */
  announce(words) {
    this.live.textContent = "";
    requestAnimationFrame(() => {
      this.live.textContent = words;
    });
  }

  // --- the draft ---------------------------------------------------------------------------

  start() {
    const [key, draft] = newestFirst(this.drafts)[0] ?? [newKey(), this.emptyDraft()];
    this.open(key, draft);
    this.watchPointer();
    find(this.root, ".form-body").addEventListener("focusout", (event) => {
      const field = around(event, ".form-section > .form-fields > .form-field");
      if (!field) return;
      this.touched.add(dataOf(field, "path"));
      this.checkSoon(0);
    });
    this.drafts.subscribe((drafts, own) => !own && this.takeIn(drafts[this.key]));
  }

  /**
   * Another tab changed the drafts: this one goes on with the newest, or it would undo that.
   * @param {Draft | undefined} draft
   */
  takeIn(draft) {
    if (!draft || same(draft, this.draft)) return showDrafts(this);
    const touched = [...this.touched];
    const { everything } = this;
    this.open(this.key, draft);
    this.touched = new Set(touched);
    this.everything = everything;
    this.check();
    this.notice(this.texts.say("otherTab"));
  }

  /** Say something above the form. @param {...(Node | string)} words */
  notice(...words) {
    find(this.root, ".form-notice").replaceChildren(make("p", {}, ...words));
  }

  /** @returns {Draft} */
  emptyDraft() {
    return { id: "", record: { updated: today() }, existing: false, saved: 0 };
  }

  /** @param {string} key @param {Draft} draft */
  open(key, draft) {
    this.key = key;
    this.draft = structuredClone(draft);
    this.touched.clear();
    this.everything = false;
    this.original = undefined;
    this.draw();
    this.check();
    if (draft.existing) void this.findOriginal(draft.id);
  }

  /** Fetch the case as the site has it, to see what is changed. @param {string} id */
  async findOriginal(id) {
    const folder = new URL(dataOf(this.root, "folder"), location.href);
    const original = await fetched(new URL(`records/${id}.json`, folder)).catch(() => undefined);
    if (this.draft.id !== id) return;
    this.original = original;
    tellLeftBehind(this);
  }

  changed() {
    this.draft.saved = Date.now();
    const draft = structuredClone(this.draft);
    const { kept, reason } = this.drafts.change((drafts) => {
      drafts[this.key] = draft;
    });
    if (this.shownAs !== nameOf(this, draft)) showDrafts(this);
    this.tellKept(kept, reason);
    this.checkSoon(CHECK_AFTER);
  }

  /**
   * Check after a while, and never between the press and the release of a pointer: what appears
   * then would move the button away that is being pressed.
   * @param {number} after
   */
  checkSoon(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.pressed) this.waiting = true;
      else this.check();
    }, after);
  }

  watchPointer() {
    const press = () => {
      this.pressed = true;
    };
    addEventListener("pointerdown", press, true);
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(
        end,
        () => {
          this.pressed = false;
          if (this.waiting) this.checkSoon(0);
          this.waiting = false;
        },
        true,
      );
    }
  }

  /** @param {boolean} kept @param {string} reason */
  tellKept(kept, reason) {
    const line = find(this.root, ".form-kept");
    const words = kept
      ? this.texts.say("kept")
      : this.texts.say(`kept${reason[0].toUpperCase()}${reason.slice(1)}`);
    if (line.textContent !== words) line.textContent = words;
    const warned = line.classList.contains("warning");
    line.classList.toggle("warning", !kept);
    // The warning stands above the end of the window, and must not cover where one types.
    if (!kept && !warned) document.activeElement?.scrollIntoView({ block: "nearest" });
  }

  // --- drawing -----------------------------------------------------------------------------

  draw() {
    const { data } = this;
    /** @param {FormDescription["sections"][number]} section */
    const fieldsOf = (section) =>
      section.fields.flatMap((name) => {
        const field = data.fields.find((one) => one.name === name);
        return field ? fieldOf(this, field, [name]) : [];
      });
    this.fill("", [...this.choices(), idField(this)]);
    for (const section of data.sections) {
      this.fill(section.id, [
        ...(section.id === "sources" ? [newSources(this)] : []),
        ...fieldsOf(section),
        ...(section.id === "summary" ? [this.preview()] : []),
      ]);
    }
    showDrafts(this);
  }

  /** Put the fields of a part in their place. @param {string} section @param {Node[]} fields */
  fill(section, fields) {
    find(this.root, `.form-fields[data-section="${section}"]`).replaceChildren(...fields);
  }

  /** What one can choose from while typing, where there is too much for a list to open. */
  choices() {
    return Object.entries(LISTS).map(([form, name]) =>
      make(
        "datalist",
        { id: `${form}-choices` },
        ...this.data[name].map(([id, label]) => make("option", { value: id, label })),
      ),
    );
  }

  preview() {
    const box = make("div", { class: "form-preview summary" });
    this.drawPreview = () =>
      box.replaceChildren(
        make("h3", {}, this.texts.say("preview")),
        ...this.data.languages.map((language) =>
          summaryOf(
            this.draft.record,
            language,
            this.data.summary[language.code],
            this.texts.say("notWritten"),
          ),
        ),
      );
    return box;
  }

  // --- checking ----------------------------------------------------------------------------

  /** Return the record as its file will hold it. */
  record() {
    const { [NEW_SOURCES]: _, ...record } = this.draft.record;
    return inOrder(this.data.fields, record);
  }

  /** Return the new sources as their file will hold them, by id. @returns {Record<string, Tree>} */
  sources() {
    /** @type {Tree[]} */
    const given = at(this.draft.record, [NEW_SOURCES]) ?? [];
    return Object.fromEntries(
      given
        .filter((one) => one.id)
        .map(({ id, ...source }) => [id.trim(), inOrder(this.data.source_fields, source)]),
    );
  }

  check() {
    clearTimeout(this.timer);
    const known = new Set([...this.world.references, ...Object.keys(this.sources())]);
    const world = { ...this.world, references: [...known] };
    const faults = [...faultsOf(this.record(), this.draft.id, world), ...sourceFaults(this)];
    if (!this.draft.existing && this.world.cases.has(this.draft.id)) {
      const path = `cases/${this.draft.id}.yml`;
      faults.push({
        path: [],
        rule: "same-id",
        details: { field: "", value: this.draft.id, other: path },
      });
    } else if ([...this.data.reserved, ...this.data.elsewhere].includes(this.draft.id)) {
      faults.push({ path: [], rule: "reserved-id", details: { field: "", value: this.draft.id } });
    }
    this.faults = faults;
    this.showFaults();
    tellLeftBehind(this);
    this.drawPreview?.();
    this.drawProposal?.();
    return faults;
  }

  showFaults() {
    /** @type {Map<Element, import("./rules.js").Fault[]>} */
    const shown = new Map();
    for (const fault of this.faults) {
      const first = fault.path[0] ?? "";
      if (!this.everything && !this.touched.has(first)) continue;
      if (!this.everything && mayCome(fault)) continue;
      const holder = this.holderOf(fault.path);
      shown.set(holder, [...(shown.get(holder) ?? []), fault]);
    }
    for (const holder of this.root.querySelectorAll(".form-field, .form-item")) {
      const list = find(holder, ":scope > .form-faults");
      const faults = shown.get(holder) ?? [];
      const words = faults.map((fault) => told(fault, this.data.rules));
      const text = words.map(({ message, hint }) => `${message} ${hint}`).join("\n");
      if (list.dataset.text !== text) {
        list.dataset.text = text;
        list.replaceChildren(
          ...words.map(({ message, hint }) =>
            make("li", {}, make("strong", {}, message), ` ${hint}`),
          ),
        );
      }
      holder.classList.toggle("has-faults", faults.length > 0);
      const control = holder.querySelector(":scope > input, :scope > select");
      control?.toggleAttribute("aria-invalid", faults.length > 0);
      if (faults.length) control?.setAttribute("aria-invalid", "true");
    }
  }

  /**
   * Return the field that shows the faults at a path: the closest one around it.
   * @param {Path} path @returns {HTMLElement}
   */
  holderOf(path) {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = CSS.escape(written(path.slice(0, length)));
      const found = this.root.querySelector(`:is(.form-field, .form-item)[data-path="${place}"]`);
      if (found) return found;
    }
    return find(this.root, ".form-id");
  }
}

/**
 * Say whether what is missing may well be written in a moment, so that nobody is told too early.
 * @param {import("./rules.js").Fault} fault
 */
const mayCome = ({ rule, path }) =>
  (rule === "missing-field" && path.length > 1) || rule === "missing-language";

/** Return the day it is here, as a file writes it. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** @param {URL} address @returns {Promise<any>} */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
}

/** @param {HTMLElement} root */
async function begin(root) {
  const folder = new URL(dataOf(root, "folder"), location.href);
  /** @type {FormDescription} */
  let data;
  try {
    data = await fetched(new URL(dataOf(root, "file"), folder));
  } catch {
    find(root, ".form-failed").hidden = false;
    return;
  }
  const { repository = "", branch = "main", email = "" } = root.dataset;
  const form = new CaseForm(root, data, { repository, branch, email });
  form.start();
  form.steps = new Steps(root, form.texts);
  find(root, ".form-all").hidden = false;
  find(root, ".form-waiting").hidden = true;

  find(root, ".form-finish").addEventListener("click", () => finish(form));
  const isRoom = () => {
    const room = Object.keys(form.drafts.read()).length < MOST;
    if (!room) form.notice(form.texts.say("noRoom", { most: MOST }));
    return room;
  };
  find(root, ".form-new").addEventListener("click", () => {
    if (!isRoom()) return;
    form.open(newKey(), form.emptyDraft());
    find(root, ".form-section textarea").focus();
  });
  const choice = find(root, ".form-existing input");
  const choose = async () => {
    const id = idMeant(data.cases, choice.value);
    choice.value = id;
    if (!form.world.cases.has(id)) {
      form.notice(form.texts.say("noSuchCase"));
      return;
    }
    if (!isRoom()) return;
    try {
      const record = await fetched(new URL(`records/${id}.json`, folder));
      const draft = cleanDraft({ id, record, existing: true, saved: Date.now() });
      if (!draft) throw new Error(`no record: ${id}`);
      draft.record.updated = today();
      find(root, ".form-notice").replaceChildren();
      form.open(newKey(), draft);
      find(root, ".form-section textarea").focus();
    } catch {
      form.notice(form.texts.say("notOpened"));
    }
  };
  find(root, ".form-existing button").addEventListener("click", choose);
  choice.addEventListener("keydown", (event) => {
    if (event.key === "Enter") void choose();
  });
}

for (const root of document.querySelectorAll(".case-form")) void begin(root);
