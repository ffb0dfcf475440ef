import type { Severity } from '../../contract/report-json.ts';

/** A run of text inside a block. Evidence text is always `code` or `text`; there is no raw markup. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'severity'; readonly severity: Severity }
  /** A link inside the document; never to anything outside. */
  | { readonly kind: 'link'; readonly to: string; readonly text: string };

export type Cell = readonly Inline[];

/** One node of a picture; units: CSS pixels of the picture's own box. */
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

/** What a section is made of; rendered once to HTML, and from there to PDF. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly inlines: Cell }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Cell[] }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: string; readonly value: Cell }[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly { readonly text: string; readonly align: 'start' | 'end' }[];
      readonly rows: readonly (readonly Cell[])[];
      /** Rows that the evidence has and the table does not show. */
      readonly omitted: number;
    }
  | { readonly kind: 'numbers'; readonly items: readonly { readonly value: string; readonly label: string; readonly definition: string }[] }
  | { readonly kind: 'chain'; readonly caption: string; readonly alternative: string; readonly width: number; readonly height: number; readonly nodes: readonly FigureNode[]; readonly edges: readonly FigureEdge[] }
  | { readonly kind: 'activity'; readonly caption: string; readonly alternative: string; readonly bins: readonly { readonly start: string; readonly calls: number; readonly failed: number; readonly inFindings: number }[] }
  | { readonly kind: 'note'; readonly tone: 'plain' | 'warning'; readonly inlines: Cell }
  | { readonly kind: 'page-break' };
