/**
 * What readers do, tried in Firefox: search, choose, compare, list, booklet, checklist.
 *
 * Usage: node tasks.mjs ADDRESS FIREFOX PACKAGES
 *
 * ADDRESS is where the site is, FIREFOX the browser's path, PACKAGES the folder that holds
 * puppeteer-core. One line for each task, and the status is the number of those that failed.
 */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [site, executablePath, packages] = process.argv.slice(2);
const found = createRequire(`${packages}/any.js`).resolve("puppeteer-core");
const { default: puppeteer } = await import(pathToFileURL(found).href);

const THREE = ["sisters-in-business", "cafe-vintage", "jobbasker"];
const UNBROKEN = "x".repeat(600);
const PHONE = { width: 375, height: 667 };
const DESK = { width: 1280, height: 800 };

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
let failed = 0;

/**
 * Try a task in a profile of its own, and tell how it went.
 *
 * @param {string} name What is tried.
 * @param {{width: number, height: number}} viewport In CSS pixels.
 * @param {(page: any) => Promise<void>} doing Throws when it does not work.
 */
async function task(name, viewport, doing) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.setViewport(viewport);
  try {
    await doing(page);
    const { wide, room } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: innerWidth,
    }));
    assert.ok(wide <= room, `the page is ${wide} px wide in a window of ${room}`);
    assert.deepEqual(wrong, []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
  await context.close();
}

const open = (page, path) => page.goto(new URL(path, site).href, { waitUntil: "load" });
const words = (page, selector) =>
  page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()));
const wait = (page, expression, ...args) =>
  page.waitForFunction(expression, { timeout: 15000 }, ...args);

/** Wait until so many elements are there. */
const count = (page, selector, many) =>
  wait(page, (it, n) => document.querySelectorAll(it).length === n, selector, many);

/** Go to the same page in the other language by its link. */
async function changeLanguage(page) {
  const before = page.url();
  await page.$eval("nav.languages a", (link) => link.click());
  await wait(page, (old) => location.href !== old && document.readyState === "complete", before);
}

await task("the search finds a case by a misspelt name", DESK, async (page) => {
  await open(page, "/");
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await wait(page, () => document.activeElement?.matches("input[type=search], [role=combobox]"));
  await page.keyboard.type("sisters in buisness");
  await page.waitForSelector("pagefind-results h3 a", { timeout: 15000 });
  const titles = await words(page, "pagefind-results h3 a");
  assert.match(titles[0], /Sisters in Business/);
});

await task("three cases are compared, also in the other language", DESK, async (page) => {
  await open(page, "/eksempler/");
  await page.waitForSelector('.card [data-pick="compare"]');
  for (const button of (await page.$$('.card [data-pick="compare"]')).slice(0, 3)) {
    await button.click();
  }
  await page.waitForSelector(".tray a");
  await page.$eval('.tray a[href*="sammenlign"]', (link) => link.click());
  await count(page, ".compare-region > .compare-table thead a", 3);
  await changeLanguage(page);
  await count(page, ".compare-region > .compare-table thead a", 3);
});

await task("a list keeps its cases and a long note over a reload", PHONE, async (page) => {
  await open(page, `/min-liste/#list=${THREE.join(",")}`);
  await page.waitForSelector(".shared-list button");
  await page.$eval(".shared-list button", (button) => button.click());
  await count(page, ".list-item", 3);
  await page.type(`#note-${THREE[0]}`, "notat ");
  await page.$eval(
    `#note-${THREE[0]}`,
    (field, text) => {
      field.value += text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.blur();
    },
    UNBROKEN,
  );
  await new Promise((done) => setTimeout(done, 1000));
  await open(page, "/om/");
  await open(page, "/min-liste/");
  await count(page, ".list-item", 3);
  const note = await page.$eval(`#note-${THREE[0]}`, (field) => field.value);
  assert.equal(note, `notat ${UNBROKEN}`);
});

await task("a booklet holds the cases of a list", PHONE, async (page) => {
  await open(page, `/min-liste/hefte/#list=${THREE.join(",")}&note1=Notat`);
  await count(page, ".booklet-contents ol > li", 3);
  await count(page, ".booklet-case > header > h2", 3);
  const notes = await words(page, ".booklet-note:not([hidden]) p");
  assert.deepEqual(notes, ["Notat"]);
});

await task("a checklist keeps its answers over reload and language", PHONE, async (page) => {
  await open(page, "/sjekklister/tiltaksavtale/");
  await page.waitForSelector(".form-tools.interactive", { visible: true });
  const id = await page.$eval(".point[id]:has(input.box)", (it) => it.id);
  await page.$eval(`#${id} input.box`, (box) => box.click());
  await new Promise((done) => setTimeout(done, 1000));
  const kept = async () => {
    await page.waitForSelector(".form-tools.interactive", { visible: true });
    await wait(page, (point) => document.querySelector(`#${point} input.box`)?.checked, id);
  };
  await page.reload({ waitUntil: "load" });
  await kept();
  await changeLanguage(page);
  await kept();
});

await browser.close();
process.exitCode = failed;
