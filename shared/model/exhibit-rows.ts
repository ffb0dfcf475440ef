import { assertNever } from '../lib/assert.ts';
import type { ExhibitCall, ExhibitJson, ExhibitTone, TextPiece } from './exhibit.ts';

/** An exhibit as a table: what it shows to those who cannot see a picture, and all there is where it has none. */
export interface ExhibitTable {
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly at?: ExhibitCall;
    readonly tone: ExhibitTone;
    readonly cells: readonly string[];
    /** The last cell in pieces, where something is marked in it. */
    readonly pieces?: readonly TextPiece[];
  }[];
  /** Rows that the evidence has and the exhibit leaves out. */
  readonly omitted: number;
}

const STEP_WORDS = { done: 'done', missing: 'missing', crossed: 'done without it' } as const;
const STEP_TONES = { done: 'plain', missing: 'refused', crossed: 'grave' } as const;

/** The rows of an exhibit, in its order; the first column, the time of the call, is left to whoever draws it. */
export function exhibitTable(exhibit: ExhibitJson): ExhibitTable {
  switch (exhibit.kind) {
    case 'strip':
      return {
        head: ['What came of it', 'Call'],
        rows: exhibit.marks.map(({ at, lane, tone, label }) => ({ at, tone, cells: [exhibit.lanes[lane] ?? '', label] })),
        omitted: exhibit.omitted,
      };
    case 'ledger':
      return exhibit;
    case 'steps':
      return {
        head: ['Step', 'State'],
        rows: exhibit.steps.map(({ at, state, text }) => ({
          ...(at === undefined ? {} : { at }),
          tone: STEP_TONES[state],
          cells: [text, exhibit.steps.some((step) => step.state === 'missing') ? STEP_WORDS[state] : ''],
        })),
        omitted: 0,
      };
    case 'bipartite':
      return {
        head: ['Principal', 'Object'],
        rows: exhibit.links.map(({ at, from, to, tone }) => ({ at, tone, cells: [exhibit.left[from] ?? '', exhibit.right[to] ?? ''] })),
        omitted: exhibit.omitted,
      };
    case 'curve':
      return {
        head: [exhibit.x, exhibit.y],
        rows: exhibit.points.map((point) => ({ tone: 'plain', cells: point.map(String) })),
        omitted: 0,
      };
    case 'texts':
      return {
        head: ['Where', 'Place in it', 'Text'],
        rows: exhibit.parts.map(({ at, heading, pointer, text, pieces }) => ({
          at,
          tone: 'plain',
          cells: [heading, pointer, text],
          ...(pieces === undefined ? {} : { pieces }),
        })),
        omitted: 0,
      };
    default:
      return assertNever(exhibit, 'exhibit');
  }
}
