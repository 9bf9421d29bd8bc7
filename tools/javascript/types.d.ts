// Types that scripts share and that have no place in one of them. Read by TypeScript alone, when
// types are checked (`make lint`): nothing of it is published.

/** The element that a selector finds, as far as its last part tells: "form input.name" is an input. */
type Found<S extends string> = S extends `${string},${string}`
  ? HTMLElement
  : S extends `${string} ${infer Last}`
    ? Found<Last>
    : Tag<S> extends keyof HTMLElementTagNameMap
      ? HTMLElementTagNameMap[Tag<S>]
      : HTMLElement;
type Tag<S extends string> = Until<Until<Until<Until<S, ".">, "[">, ":">, "#">;
type Until<S extends string, Sign extends string> = S extends `${infer Before}${Sign}${string}`
  ? Before
  : S;

interface ParentNode {
  querySelector<S extends string>(selector: S): Found<S> | null;
  querySelectorAll<S extends string>(selector: S): NodeListOf<Found<S>>;
}

interface Element {
  closest<S extends string>(selector: S): Found<S> | null;
}

/** `find` in `shared/elements.js`: the class is named where the selector does not tell it. */
interface Find {
  <S extends string>(root: ParentNode, selector: S): Found<S>;
  <E extends Element>(root: ParentNode, selector: string, type: new () => E): E;
}

// --- modules that others speak of -----------------------------------------------------------------

type Texts = import("../../docs/assets/scripts/shared/texts.js").Texts;
type Card = import("../../docs/assets/scripts/catalogue/data.js").Card;
type CasePage = import("../../docs/assets/scripts/cases/page.js").CasePage;
/** Words of a message, or the id of what it speaks of, and numbers written as the language does. */
type Values = Record<string, string | number>;

// --- the form for cases: `data/form.<language>.<version>.json` (hooks/casebook/form_data.py) ----------

/** A field, as `casebook.fields.FieldSpec` describes it; what says nothing is left out. */
interface Field {
  model: string;
  name: string;
  form: string;
  label: string;
  help: string;
  required: boolean;
  many: boolean;
  words: string[];
  facet: string;
  past?: boolean;
  fields: Field[];
  item?: string;
  add?: string;
  sample?: string;
  distinct?: boolean;
  least?: number;
  labels?: Record<string, string>;
  limit?: number;
  cites?: boolean;
  pattern?: string;
  rule?: string;
  short?: string;
  example?: string;
}

interface FormLanguage {
  code: string;
  name: string;
  called: string;
  html: string;
  required: boolean;
  words: string[];
}

interface FormDescription {
  languages: [FormLanguage, ...FormLanguage[]];
  fields: Field[];
  source_fields: Field[];
  source_id: { label: string; help: string; pattern: string };
  sections: { id: string; fields: string[] }[];
  rules: Record<string, { message: string; hint: string; near?: string }>;
  letters: import("../../docs/assets/scripts/form/letters.js").Told;
  limits: import("../../docs/assets/scripts/form/effort.js").Limits;
  structure: [pattern: string, rules: Record<string, string>, block: boolean][];
  facets: Record<string, [id: string, label: string, note: string][]>;
  places: [id: string, label: string][];
  references: [id: string, label: string][];
  cases: [id: string, label: string, parent: string][];
  reserved: string[];
  domains: string[];
  elsewhere: string[];
  summary: Record<string, Record<string, string>>;
}

type Path = (string | number)[];
/** A record as the tree of its file, or a part of one; texts are read by their fields only. */
type Tree = Record<string, any>;
type CaseForm = import("../../docs/assets/scripts/form/main.js").CaseForm;

// --- the search -------------------------------------------------------------------------------------

/** What Pagefind's instance tells (`pagefind/pagefind.js`), as far as we ask. */
interface Pagefind {
  search(text: string): Promise<{ results: PagefindResult[] }>;
  init(): Promise<void>;
  destroy(): Promise<void>;
}

interface PagefindResult {
  id: string;
  score: number;
  /** Places of the words in the text. */
  words: number[];
  matchedMetaFields?: string[];
  data(): Promise<IndexedPage>;
}

/** A page as the index keeps it. */
interface IndexedPage {
  url: string;
  content: string;
  meta: Record<string, string>;
  anchors?: { element: string; id: string; text: string; location: number }[];
}

/** `search/words/<language>/rules.json` (hooks/casebook/search/). */
interface WordRules {
  pages: number;
  partial: boolean;
  places: { words: string[]; before: string[]; end: string };
  files: string[];
  stop: string[];
  joints: string[];
  endings: string[];
  respellings: [theirs: string, ours: string][];
  inhabitants: { words: string[]; limits: number[]; sizes: string[] };
  folds: Record<string, string[]>;
}

/** `search/words/<language>/<letter>.json`. */
interface WordFile {
  seen: string;
  counts: string;
  endings: string;
  same: Record<string, string>;
  known: string;
  phrases: Record<string, string>;
  places: Record<string, import("../../docs/assets/scripts/search/words.js").PlaceEntry[]>;
}

/** The instance of Pagefind's Component UI, as far as the panel uses it. */
interface PagefindComponents {
  configureInstance(name: string, options: object): ComponentInstance;
}

type FoundResult = Omit<import("../../docs/assets/scripts/search/engine.js").Result, "data"> &
  import("../../docs/assets/scripts/search/engine.js").ResultData;
type SearchOutcome = import("../../docs/assets/scripts/search/engine.js").Outcome;

interface ComponentInstance {
  translate: (key: string, values?: Record<string, any>) => string;
  announce: (key: string, values: object, priority?: string) => void;
  announceRaw(text: string): void;
  registerInput(input: HTMLElement, options: object): void;
  on(event: "results", run: (found: SearchOutcome) => void): void;
  on(event: "error" | "loading", run: () => void): void;
  triggerLoad(): Promise<void>;
  triggerSearchWithFilters(text: string, filters: Record<string, string[]>): void;
  focusNextResults(from: HTMLElement): boolean;
  getDisplaySubResults(
    result: FoundResult,
    limit: number,
  ): import("../../docs/assets/scripts/search/engine.js").SubResult[];
  searchResult: { results: unknown[]; corrected?: string | null };
}

/** What of its elements is ours to set. */
interface PagefindElement extends HTMLElement {
  showError: () => void;
  resultTemplate: (result: FoundResult) => Element;
  getPlaceholder: () => Element;
  scrollToCenter: (anchor: Element) => void;
}

interface Window {
  trustedTypes?: { createPolicy(name: string, rules: object): void };
  PagefindComponents?: PagefindComponents;
}

interface Navigator {
  userAgentData?: { platform: string };
}
