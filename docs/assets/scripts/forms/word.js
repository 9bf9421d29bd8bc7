/**
 * A filled-in form as a document that Word and LibreOffice open (Office Open XML).
 *
 * @typedef {object} Outline what a document says, in the language of the page
 * @property {string} language such as "nb"
 * @property {string} title
 * @property {string[]} about lines below the title
 * @property {string[]} columns headings of the tables; the first column holds the questions
 * @property {number[]} widths of the columns, in per cent
 * @property {{heading: string, rows: string[][]}[]} sections
 */
import { zip } from "./zip.js";

export const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** A4 with margins of 2 cm, in twentieths of a point. */
const PAGE = { width: 11906, height: 16838, margin: 1134 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;

/** Return the document as a file. @param {Outline} outline */
export function wordDocument(outline) {
  return zip([
    ["[Content_Types].xml", contentTypes()],
    ["_rels/.rels", packageParts()],
    ["docProps/core.xml", properties(outline)],
    ["word/_rels/document.xml.rels", documentParts()],
    ["word/styles.xml", styles(outline.language)],
    ["word/document.xml", body(outline)],
  ]);
}

/** @type {Record<string, string>} */
const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (character) => escapes[character]);

function contentTypes() {
  return `${HEADER}<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="${PART}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${PART}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>`;
}

function packageParts() {
  return `${HEADER}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>`;
}

function documentParts() {
  return `${HEADER}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/>
</Relationships>`;
}

/** @param {Outline} outline */
function properties({ title, language }) {
  return `${HEADER}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:language>${escaped(language)}</dc:language></cp:coreProperties>`;
}

/** @param {string} language */
function styles(language) {
  /** @param {string} id @param {string} name @param {string} extra */
  const style = (id, name, extra, more = "") =>
    `<w:style w:type="paragraph"${id === "Normal" ? ' w:default="1"' : ""} w:styleId="${id}"><w:name w:val="${name}"/>${id === "Normal" ? "" : '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'}<w:qFormat/>${extra}${more}</w:style>`;
  /**
   * @param {string} id @param {string} name @param {number | null} level @param {number} size
   * @param {number} before
   */
  const heading = (id, name, level, size, before) =>
    style(
      id,
      name,
      `<w:pPr><w:keepNext/><w:spacing w:before="${before}" w:after="120"/>${level === null ? "" : `<w:outlineLvl w:val="${level}"/>`}</w:pPr>`,
      `<w:rPr><w:b/><w:color w:val="0C3A2F"/><w:sz w:val="${size}"/></w:rPr>`,
    );
  return `${HEADER}<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="${escaped(language)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
${style("Normal", "Normal", "")}
${heading("Title", "Title", null, 40, 0)}
${heading("Heading1", "heading 1", 0, 28, 320)}
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="64786D"/>`).join("")}</w:tblBorders></w:tblPr></w:style>
</w:styles>`;
}

/** A paragraph for each line of a text. @param {string} text */
function paragraphs(text, style = "", bold = false) {
  const look = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : "";
  const run = bold ? "<w:rPr><w:b/></w:rPr>" : "";
  return text
    .split("\n")
    .map((line) => {
      const said = line
        .split("\t")
        .map((piece) => `<w:t xml:space="preserve">${escaped(piece)}</w:t>`)
        .join("<w:tab/>");
      return `<w:p>${look}${line ? `<w:r>${run}${said}</w:r>` : ""}</w:p>`;
    })
    .join("");
}

/** @param {Outline} outline @param {string[][]} rows */
function table({ columns, widths }, rows) {
  const sizes = widths.map((share) => Math.round((TEXT_WIDTH * share) / 100));
  /** @param {string} text @param {number} place @param {boolean} shade @param {boolean} bold */
  const cell = (text, place, shade, bold) =>
    `<w:tc><w:tcPr><w:tcW w:w="${sizes[place]}" w:type="dxa"/>${shade ? '<w:shd w:val="clear" w:color="auto" w:fill="E6EFE9"/>' : ""}</w:tcPr>${paragraphs(text, "", bold)}</w:tc>`;
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${columns.map((text, place) => cell(text, place, true, true)).join("")}</w:tr>`;
  const lines = rows.map(
    (row) => `<w:tr>${row.map((text, place) => cell(text, place, false, false)).join("")}</w:tr>`,
  );
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${sizes.map((size) => `<w:gridCol w:w="${size}"/>`).join("")}</w:tblGrid>${head}${lines.join("")}</w:tbl>`;
}

/** @param {Outline} outline */
function body(outline) {
  const about = outline.about.map((text) => paragraphs(text)).join("");
  const sections = outline.sections.map(
    ({ heading, rows }) =>
      (heading ? paragraphs(heading, "Heading1") : "") + table(outline, rows) + paragraphs(""),
  );
  return `${HEADER}<w:document xmlns:w="${MAIN}"><w:body>${paragraphs(outline.title, "Title")}${about}${sections.join("")}<w:sectPr><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/><w:pgMar w:top="${PAGE.margin}" w:right="${PAGE.margin}" w:bottom="${PAGE.margin}" w:left="${PAGE.margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

/** Return the same as plain text. @param {Outline} outline */
export function plainText(outline) {
  const lines = [outline.title, "=".repeat(outline.title.length), "", ...outline.about];
  for (const { heading, rows } of outline.sections) {
    lines.push("");
    if (heading) lines.push(heading, "-".repeat(heading.length), "");
    for (const [question, ...cells] of rows) {
      lines.push(`* ${question}`);
      cells.forEach((text, place) => {
        if (text) lines.push(`  ${outline.columns[place + 1]}: ${text.replaceAll("\n", "\n    ")}`);
      });
    }
  }
  return `${lines.join("\n")}\n`;
}
