/** Positions are half-open `[start, end]`: `utf16` in UTF-16 code units, `codePoints` in Unicode code points. */
export type Ends = [start: number, end: number];

export interface Label {
  id: string;
  name: string | { fr?: string; en?: string };
  /** `#rrggbb` */
  color?: string;
  /** A digit, `1` to `9`. */
  key?: string;
  description?: string;
}

export interface Sentence {
  index: number;
  codePoints: Ends;
  utf16: Ends;
  paragraph: number;
}

export interface Annotation {
  id: string;
  label: string;
  unit: "sentence" | "span";
  /** First and last sentence touched; missing, like the positions, where the text does not hold the words. */
  sentences?: [first: number, last: number];
  codePoints?: Ends;
  utf16?: Ends;
  exact: string;
  prefix: string;
  suffix: string;
  note: string;
  attributes: Record<string, string>;
  provenance: { kind: "manual" } | { kind: "suggested"; rule: string } | { kind: "imported"; from: string };
  creator: string;
  created: string;
  modified: string;
}

export type Target = { utf16: Ends } | { codePoints: Ends } | { exact: string; prefix?: string; suffix?: string };

export interface Release {
  text: string;
  lang?: string;
  title?: string;
  id?: string;
  labels?: Label[];
  annotations?: Partial<Annotation>[];
}

/** A proposed annotation; none until somebody accepts it. */
export interface Suggestion {
  /** The same text gives the same ids. */
  id: string;
  label: string;
  codePoints: Ends;
  utf16: Ends;
  exact: string;
  /** A date's `value` (ISO 8601 or TIMEX3), a quote's `speaker`, `role` and `verb`. */
  attributes: Record<string, string>;
  /** The id of the rule that made it. */
  rule: string;
  /** Why it was made, to read. */
  reason: { fr: string; en: string };
}

/** `json` is the complete one; the first six are read too. */
export type Format =
  | "json" | "w3c" | "recogito" | "label-studio" | "doccano" | "brat" | "label-studio-config" | "spacy" | "conll" | "cas"
  | "tei" | "csv" | "csv-sentences" | "html";

export interface ImportReport {
  added: number;
  updated: number;
  orphans: number;
  warnings: { place: string; message: string }[];
}

export type ErrorCode =
  | "not-found" | "network" | "decode" | "too-large" | "invalid-json" | "invalid-file" | "unknown-version"
  | "unknown-format" | "unknown-label" | "invalid-span" | "storage-unavailable" | "storage-full" | "storage-corrupt"
  | "readonly" | "internal";

export interface Texts {
  fr?: Record<string, string>;
  en?: Record<string, string>;
  [id: string]: string | Record<string, string> | undefined;
}

export interface ReleaseAnnotatorEvents {
  "release-annotator-ready": CustomEvent<{ sentences: number; annotations: number }>;
  /** Cancelable: `preventDefault()` keeps everything as it is. */
  "release-annotator-beforechange": CustomEvent<{ command: string }>;
  "release-annotator-change": CustomEvent<{
    added: Annotation[];
    updated: Annotation[];
    removed: Annotation[];
    cause: "user" | "undo" | "redo" | "import" | "other-tab";
  }>;
  "release-annotator-select": CustomEvent<{ sentence: number | null; annotation: string | null }>;
  "release-annotator-save": CustomEvent<{ at: string; bytes: number }>;
  "release-annotator-error": CustomEvent<{ code: ErrorCode; message: string }>;
}

/** Methods reject with an `Error` that has a `code`, one of {@link ErrorCode}. */
export class ReleaseAnnotator extends HTMLElement {
  src: string;
  uiLang: string;
  storageKey: string;
  annotator: string;
  readonly: boolean;
  theme: "auto" | "light" | "dark" | "";
  shortcuts: "on" | "modified" | "off" | "";
  get labels(): Label[];
  set labels(value: Label[] | string);
  /** Words of the page in place of the interface's, by id (docs/TEXTS.md); for one language alone inside `fr` or `en`. */
  texts: Texts | undefined;
  get text(): string | undefined;
  set text(value: string);
  get annotations(): Annotation[];
  set annotations(value: Partial<Annotation>[]);
  readonly sentences: Sentence[];
  /** What `suggest()` has proposed and nobody has accepted or dismissed. */
  readonly suggestions: Suggestion[];
  readonly ready: Promise<void>;
  readonly dirty: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly version: string;

  load(release: Release): Promise<void>;
  labelSentence(index: number, labelId: string): Promise<void>;
  annotate(target: Target, labelId: string, options?: { note?: string; attributes?: Record<string, string> }): Promise<Annotation>;
  update(id: string, patch: { labelId?: string; utf16?: Ends; note?: string; attributes?: Record<string, string> }): Promise<void>;
  /** With an id: removes that annotation. Without: removes the element, as for every element. */
  remove(): void;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  mergeSentence(index: number): Promise<void>;
  splitSentence(utf16: number): Promise<void>;
  suggest(): Promise<void>;
  /** An id, several, or `"all"`; one step in the history. */
  accept(ids: string | string[]): Promise<void>;
  dismiss(ids: string | string[]): Promise<void>;
  /** Bytes where the format is no text (a zip). */
  exportAs(format?: Format): Promise<{ name: string; mediaType: string; content: string | Uint8Array }>;
  /** Without a format the content says which one it is. */
  importFrom(content: string | ArrayBuffer | Uint8Array, options?: { format?: Format; mode?: "merge" | "replace" }): Promise<ImportReport>;
  download(format?: Format): Promise<void>;

  addEventListener<K extends keyof ReleaseAnnotatorEvents>(
    type: K, listener: (event: ReleaseAnnotatorEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "release-annotator": ReleaseAnnotator;
  }
}
