import type { PictureAct } from '../../charts/picture-keys.ts';

/** Pictures of one chain, each with what its key asks for. */
export const MODES = [
  { mode: 'waterfall', title: 'Waterfall', act: 'as-waterfall' },
  { mode: 'graph', title: 'Graph', act: 'as-graph' },
  { mode: 'sequence', title: 'Sequence', act: 'as-sequence' },
  { mode: 'messages', title: 'Messages', act: 'as-messages' },
  { mode: 'spread', title: 'Spread', act: 'as-spread' },
  { mode: 'table', title: 'Table', act: 'as-table' },
] as const;

export type Mode = (typeof MODES)[number]['mode'];
/** A picture that a table may stand in for. */
export type Picturing = Exclude<Mode, 'table'>;

/** The picture that a key asks for; the key of the table asks for the picture again where the table stands. */
export function modeOfAct(act: PictureAct | undefined, mode: Mode, last: Picturing): Mode | undefined {
  const asked = MODES.find((choice) => choice.act === act)?.mode;
  return asked === 'table' && mode === 'table' ? last : asked;
}
