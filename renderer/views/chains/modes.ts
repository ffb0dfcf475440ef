/** Pictures of one chain, each with its key. */
export const MODES = [
  { mode: 'waterfall', title: 'Waterfall', key: 'W' },
  { mode: 'graph', title: 'Graph', key: 'G' },
  { mode: 'sequence', title: 'Sequence', key: 'Q' },
  { mode: 'messages', title: 'Messages', key: 'V' },
  { mode: 'spread', title: 'Spread', key: 'R' },
  { mode: 'table', title: 'Table', key: 'T' },
] as const;

export type Mode = (typeof MODES)[number]['mode'];
/** A picture that a table may stand in for. */
export type Picturing = Exclude<Mode, 'table'>;

/** The picture that a key asks for; the key of the table asks for the picture again where the table stands. */
export function modeOfKey(key: string, mode: Mode, last: Picturing): Mode | undefined {
  const asked = MODES.find((choice) => choice.key === key.toUpperCase())?.mode;
  return asked === 'table' && mode === 'table' ? last : asked;
}
