/** What a look at the audit log came to. */
export interface ChainCheck {
  readonly entries: number;
  /** Hash of the last entry; 64 zeros while there is none. Kept outside of the case, it is an anchor. */
  readonly head: string;
  readonly problems: readonly string[];
  readonly anchor: 'not given' | 'found' | 'missing';
  /** Rows that no entry covers: what a process that died had written last, and what builds read that kept no digests of it. */
  readonly uncovered: {
    readonly sources: number;
    readonly changes: number;
    readonly calls: number;
    readonly findings: number;
    /** Principals, endpoints and chains. */
    readonly derived: number;
  };
}

/** What a look at a whole case came to. */
export interface CaseCheck {
  /** What SQLite says about the file; empty when it is whole. */
  readonly database: readonly string[];
  readonly chain: ChainCheck;
  readonly sound: boolean;
  /** What the check cannot tell, in sentences. */
  readonly limits: readonly string[];
}
