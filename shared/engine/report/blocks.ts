import type { Drawing } from '../../model/exhibit-drawing.ts';
import type { Severity } from '../../contract/report-json.ts';

/** A run of text inside a block. Evidence text is always `code` or `text`; there is no raw markup. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A stretch of evidence text that was taken out, put in, or is what the text is quoted for. */
  | { readonly kind: 'marked'; readonly how: 'gone' | 'new' | 'seen'; readonly text: string }
  | { readonly kind: 'severity'; readonly severity: Severity }
  /** The end of a line. */
  | { readonly kind: 'break' }
  /** A place in a table that links lead to. */
  | { readonly kind: 'anchor'; readonly id: string; readonly text: string }
  /** "section 3" or "annex B": the number that a part has in this document; where it is left out, the report that has it. */
  | { readonly kind: 'part'; readonly id: string }
  /** A link inside the document; never to anything outside. */
  | { readonly kind: 'link'; readonly to: string; readonly text: string };

export type Cell = readonly Inline[];

export interface FactRow {
  readonly name: string;
  readonly value: Cell;
}

/** One node of a picture; units: CSS pixels of the picture's own box, from its top left corner. */
export interface FigureNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly label: string;
  readonly detail: string;
  readonly shape: 'human' | 'service' | 'agent' | 'unknown';
  readonly severity?: Severity | undefined;
}

export interface FigureEdge {
  readonly from: number;
  readonly to: number;
  readonly style: 'proved' | 'value' | 'plain' | 'inferred' | 'adjacent';
  readonly label: string;
}

/** A column of a picture: one host. */
export interface FigureLane {
  readonly x: number;
  readonly width: number;
  readonly label: string;
}

/** A column of a table. `fit`: as wide as its widest cell, never broken; `blank`: room to write in by hand; `tick`: room for a mark; `wide`: a third of the page, `half`: half of it; `most`: all that narrow columns beside it leave; `write`: rows high enough to write in. */
export interface Column {
  readonly text: string;
  readonly align: 'start' | 'end';
  readonly width?: 'fit' | 'blank' | 'tick' | 'wide' | 'half' | 'most' | 'write';
}

/** What a section is made of; rendered once to HTML, and from there to PDF. */
export type Block =
  /** The head of the document: the case and what identifies it. */
  | { readonly kind: 'title'; readonly eyebrow: string; readonly text: string; readonly rows: readonly FactRow[] }
  /** The table of contents of the whole document. */
  | { readonly kind: 'contents' }
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly id: string; readonly text: string }
  /** A question of the first page and its answer. */
  | { readonly kind: 'answer'; readonly question: string; readonly inlines: Cell }
  | { readonly kind: 'paragraph'; readonly inlines: Cell }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Cell[]; readonly columns?: 2 }
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[]; readonly columns?: 2 }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly Column[];
      /** A row of one cell, where the head has more, heads the rows below it. */
      readonly rows: readonly (readonly Cell[])[];
      /** Rows that the evidence has and the table does not show. */
      readonly omitted: number;
      /** Where the rest of the rows is, as the end of a sentence; report.json unless told. */
      readonly rest?: string;
    }
  | { readonly kind: 'numbers'; readonly items: readonly { readonly value: string; readonly label: string }[] }
  | {
      readonly kind: 'chain';
      readonly caption: string;
      readonly alternative: string;
      readonly width: number;
      readonly height: number;
      readonly lanes: readonly FigureLane[];
      readonly nodes: readonly FigureNode[];
      readonly edges: readonly FigureEdge[];
    }
  | {
      readonly kind: 'activity';
      readonly caption: string;
      readonly alternative: string;
      /** Of the highest bar: text keeps its size, however low the picture. Units: CSS pixels. */
      readonly barHeight: number;
      readonly bins: readonly { readonly start: string; readonly calls: number; readonly failed: number; readonly inFindings: number }[];
    }
  /** What a finding shows of its calls: laid out by `model/exhibit-drawing.ts`. */
  | { readonly kind: 'exhibit'; readonly caption: string; readonly alternative: string; readonly drawing: Drawing }
  | { readonly kind: 'note'; readonly tone: 'plain' | 'warning'; readonly inlines: Cell }
  /** The head of a finding's card: severity, then what kind of claim it is. */
  | { readonly kind: 'verdict'; readonly severity: Severity; readonly inlines: Cell }
  | { readonly kind: 'page-break' };
