import { keysFor, type KeyedId } from '../../state/built-in-keys.ts';

/** The letter of a built-in key, as a button names it. */
const letterOf = (id: KeyedId): string => keysFor(id).join(' ').toUpperCase();

/** Pictures of one chain, each with its key. */
export const MODES = [
  { mode: 'waterfall', title: 'Waterfall', key: letterOf('as-waterfall') },
  { mode: 'graph', title: 'Graph', key: letterOf('as-graph') },
  { mode: 'sequence', title: 'Sequence', key: letterOf('as-sequence') },
  { mode: 'messages', title: 'Messages', key: letterOf('as-messages') },
  { mode: 'spread', title: 'Spread', key: letterOf('as-spread') },
  { mode: 'table', title: 'Table', key: letterOf('as-table') },
] as const;

export type Mode = (typeof MODES)[number]['mode'];
/** A picture that a table may stand in for. */
export type Picturing = Exclude<Mode, 'table'>;

/** The picture that a key asks for; the key of the table asks for the picture again where the table stands. */
export function modeOfKey(key: string, mode: Mode, last: Picturing): Mode | undefined {
  const asked = MODES.find((choice) => choice.key === key.toUpperCase())?.mode;
  return asked === 'table' && mode === 'table' ? last : asked;
}
