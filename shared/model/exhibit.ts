/** How a mark is meant: `plain` is usual, `seen` what the finding is about, `refused` an attempt that failed, `grave` what crossed the line. */
export type ExhibitTone = 'plain' | 'seen' | 'refused' | 'grave';

/** A stretch of a text that is compared with its former self, or in which something is marked. */
export interface TextPiece {
  readonly state: 'same' | 'gone' | 'new' | 'seen';
  readonly text: string;
}

/**
 * What a finding shows beside its facts: the few calls that make the claim, in the form in which they are easiest to check.
 * `At` names a call: a row id in the engine, a reference with its time in reports and on screens. Texts are evidence: never markup.
 */
export type Exhibit<At> =
  /** Calls over time in lanes. */
  | {
      readonly kind: 'strip';
      readonly title: string;
      readonly lanes: readonly string[];
      readonly marks: readonly { readonly at: At; readonly lane: number; readonly tone: ExhibitTone; readonly label: string }[];
      /** Marks that the evidence has and the strip leaves out. */
      readonly omitted: number;
    }
  /** Rows under named columns, each of one call; the time stands first. */
  | {
      readonly kind: 'ledger';
      readonly title: string;
      readonly head: readonly string[];
      readonly rows: readonly { readonly at: At; readonly tone: ExhibitTone; readonly cells: readonly string[] }[];
      readonly omitted: number;
    }
  /** Steps in order; one that the evidence does not show has no call. */
  | {
      readonly kind: 'steps';
      readonly title: string;
      readonly steps: readonly { readonly at?: At; readonly state: 'done' | 'missing' | 'crossed'; readonly text: string }[];
    }
  /** Who touched what: two columns of names and lines between them. */
  | {
      readonly kind: 'bipartite';
      readonly title: string;
      readonly left: readonly string[];
      readonly right: readonly string[];
      readonly links: readonly { readonly at: At; readonly from: number; readonly to: number; readonly tone: ExhibitTone }[];
      readonly omitted: number;
    }
  /** One line over two axes. */
  | {
      readonly kind: 'curve';
      readonly title: string;
      readonly x: string;
      readonly y: string;
      readonly points: readonly (readonly [x: number, y: number])[];
    }
  /** Texts side by side, each with the place where it stands. `pieces`: the text with what is marked in it and what it took the place of. */
  | {
      readonly kind: 'texts';
      readonly title: string;
      readonly parts: readonly {
        readonly at: At;
        readonly heading: string;
        readonly pointer: string;
        readonly text: string;
        readonly pieces?: readonly TextPiece[];
      }[];
    };

/** A call as exhibits of reports and screens name it. */
export interface ExhibitCall {
  /** `<source name>#<record>`. */
  readonly call: string;
  /** UTC, `2026-10-01T00:00:00.000000Z`. */
  readonly time?: string;
}

export type ExhibitJson = Exhibit<ExhibitCall>;
