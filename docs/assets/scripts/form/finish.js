/** The end of the form: what is left to do, the text of the file, and the ways on. */

import { saveFile } from "../kept/files.js";
import { tellLeftBehind } from "./changed.js";
import { button, make } from "./elements.js";
import { told } from "./messages.js";
import { nameOf } from "./names.js";
import { written } from "./rules.js";
import { editAddress, mailAddress, newFileAddress, uploadAddress } from "./sending.js";
import { yamlOf } from "./yaml.js";
import { NEW_SOURCES, plainGroup } from "./source-fields.js";
import { find } from "../shared/elements.js";

/**
 * Check everything and show the file.
 * @param {CaseForm} form
 */
export function finish(form) {
  const { texts } = form;
  form.everything = true;
  const faults = form.check();
  const out = outcomeOf(form);
  const heading = make(
    "h3",
    { tabindex: "-1" },
    faults.length ? texts.count("faults", faults.length) : texts.say("noFaults"),
  );
  const left = faults.map((fault) => faultLink(form, fault));
  const behind = tellLeftBehind(form).map((path) => nameOf(form, path));
  find(form.root, ".form-out").replaceChildren(
    heading,
    ...(behind.length
      ? [make("p", { class: "notice" }, texts.say("behind", { fields: behind.join("; ") }))]
      : []),
    ...(left.length
      ? [make("p", {}, texts.say("faultsHelp")), make("ul", { class: "form-summary" }, ...left)]
      : []),
    make("label", { for: out.area.id }, texts.say("yaml", { file: `cases/${out.id}.yml` })),
    out.area,
    make("ul", { class: "form-ways" }, ...waysOut(form, out), byHand(form, out)),
    out.said,
    make("p", { class: "details" }, texts.say("nothingSent")),
  );
  heading.focus();
}

/**
 * What comes out of the form.
 * @typedef {object} Outcome
 * @property {string} id @property {string} text of the case's file @property {HTMLTextAreaElement} area
 * @property {HTMLElement} said where it is told what a button did
 */

/** @returns {Outcome} @param {CaseForm} form */
function outcomeOf(form) {
  const sources = form.sources();
  const ids = Object.keys(sources);
  const fields = ids.map((id) => ({ ...plainGroup(form.data.source_fields), name: id }));
  // In the same file, so that one proposal holds the case and what it cites.
  const text = yamlOf({ ...form.record(), ...(ids.length ? { [NEW_SOURCES]: sources } : {}) }, [
    ...form.data.fields,
    { ...plainGroup(fields), name: NEW_SOURCES },
  ]);
  return {
    id: form.draft.id || "case",
    text,
    area: areaOf("form-yaml", 16, text),
    said: make("p", { class: "form-said", role: "status" }),
  };
}

/** @param {string} id @param {number} rows @param {string} text @returns {HTMLTextAreaElement} */
function areaOf(id, rows, text) {
  const area = make("textarea", { id, readonly: true, rows, spellcheck: "false", wrap: "off" });
  area.value = text;
  return area;
}

/**
 * A line that leads to the field it is about, through whatever is folded around it.
 * @param {CaseForm} form @param {import("./rules.js").Fault} fault
 */
function faultLink(form, fault) {
  const { message, hint } = told(fault, form.data.rules);
  const show = () => {
    const holder = form.holderOf(fault.path);
    form.steps?.show(holder);
    /** @type {HTMLElement | null} */
    let part = holder;
    for (; part; part = part.parentElement) {
      if (part instanceof HTMLDetailsElement) part.open = true;
    }
    const folded = holder.matches(".form-item") ? holder.querySelector("details") : null;
    if (folded) folded.open = true;
    const own = holder.querySelector(`textarea[data-path="${CSS.escape(written(fault.path))}"]`);
    (own ?? holder.querySelector("input, select, textarea") ?? holder).focus();
    holder.scrollIntoView({ block: "center" });
  };
  const name = button(`${nameOf(form, fault.path)}:`, show, { class: "link-button" });
  return make("li", {}, name, ` ${message} ${hint}`);
}

/**
 * A link to another site, which first does something here.
 * @param {string} label @param {string} address @param {() => unknown} [first]
 */
const away = (label, address, first) =>
  make(
    "a",
    {
      class: "button",
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      on: first && { click: first },
    },
    label,
  );

/** @param {string} help @param {...HTMLElement} controls */
const way = (help, ...controls) =>
  make(
    "li",
    {},
    make("p", { class: "form-buttons" }, ...controls),
    make("p", { class: "form-help" }, help),
  );

/**
 * The ways to where the record can be sent from; none where the site names no place.
 * @param {CaseForm} form @param {Outcome} out
 */
function* waysOut(form, out) {
  const { texts, places } = form;
  if (places.repository && form.draft.existing) {
    const first = () => copy(form, out, out.area);
    yield way(
      texts.say("toEditHelp"),
      away(texts.say("toEdit"), editAddress(places, out.id), first),
    );
  } else if (places.repository) {
    const prefilled = newFileAddress(places, out.id, out.text);
    const first = async () => {
      save(form, out);
      await copy(form, out, out.area);
    };
    yield prefilled
      ? way(texts.say("toRepositoryHelp"), away(texts.say("toRepository"), prefilled))
      : way(texts.say("toUploadHelp"), away(texts.say("toUpload"), uploadAddress(places), first));
  }
  if (places.email) yield mailWay(form, out);
}

/**
 * An e-mail with everything in it; where there is no room, the file is saved to be attached.
 * @param {CaseForm} form @param {Outcome} out
 */
function mailWay(form, out) {
  const { texts, places } = form;
  const [subject, attach] = [
    texts.say("mailSubject", { id: out.id }),
    texts.say("mailAttach", { file: `${out.id}.yml` }),
  ];
  const whole = mailAddress(places.email, subject, out.text);
  if (whole)
    return way(
      texts.say("toMailHelp"),
      make("a", { class: "button", href: whole }, texts.say("toMail")),
    );
  const href = mailAddress(places.email, subject, attach);
  const saved = { click: () => save(form, out) };
  return way(
    texts.say("toMailLongHelp"),
    make("a", { class: "button", href, on: saved }, texts.say("toMailLong")),
  );
}

/** Copying and saving, for those who go another way. @param {CaseForm} form @param {Outcome} out */
function byHand(form, out) {
  const { texts } = form;
  return way(
    texts.say("byHand"),
    button(texts.say("download"), () => save(form, out)),
    button(texts.say("copy"), () => copy(form, out, out.area)),
  );
}

/** Save the file. @param {CaseForm} form @param {Outcome} out */
function save(form, out) {
  saveFile(`${out.id}.yml`, "application/yaml;charset=utf-8", out.text);
  out.said.textContent = form.texts.say("saved");
}

/**
 * Copy a text, and say whether that went well.
 * @param {CaseForm} form @param {Outcome} out @param {HTMLTextAreaElement} area
 */
async function copy(form, out, area) {
  area.select();
  let copied = true;
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    copied = document.execCommand("copy"); // where the page may not use the clipboard by itself
  }
  out.said.textContent = form.texts.say(copied ? "copied" : "copiedNot");
}
