/** Something that takes bytes which an attacker may have made. */
export interface FuzzTarget {
  readonly id: string;
  /** Valid inputs to begin with; asked for once. */
  readonly seeds: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /**
   * Handles one input and says in a few words what became of it: inputs with a new answer are kept and changed further.
   * Errors: AppError is a refusal and fine; anything else is a crash.
   */
  readonly run: (input: Uint8Array) => string | Promise<string>;
}
