/** One condition as a chip. */
export interface Chip {
  /** The condition as it is written. */
  readonly text: string;
  /** The condition in few words, without its "not". */
  readonly label: string;
  readonly negated: boolean;
  /** False: kept, but not part of the query now. */
  readonly on: boolean;
  /** It stays when the query or the screen changes. */
  readonly pinned: boolean;
}

/** What can be done with the chip at an index. */
export interface ChipActions {
  readonly onToggle: (index: number) => void;
  /** Pins it, or no longer. */
  readonly onPin: (index: number) => void;
  readonly onNegate: (index: number) => void;
  readonly onRemove: (index: number) => void;
  readonly onOnly: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
  /** Says why a text is no condition; `undefined` when it was taken. */
  readonly onEdit: (index: number, text: string) => string | undefined;
}
