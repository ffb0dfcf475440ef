import type { ChainDrawing } from '#shared/contract/chain-drawing.ts';
import { movedSources } from '#shared/model/common-time.ts';
import type { PictureWords } from '../../charts/picture-frame.ts';
import { formatPlural, formatTime } from '../../widgets/format.ts';
import { spanText } from './chain-list.tsx';

/** What stands over a saved picture; `shown` says how much of the chain it shows and why not more. */
export function pictureWords({ chain, calls }: ChainDrawing, what: string, shown: string): PictureWords {
  const { start, end } = chain;
  const when = start === undefined ? [] : [`${formatTime(start)} UTC${end === undefined ? '' : `, over ${spanText(start, end)}`}`];
  const moved = movedSources(calls).length;
  const clocks = moved === 0 ? [] : [`on a common clock: ${formatPlural(moved, 'clock')} moved`];
  return {
    title: `${what} of a chain of ${formatPlural(chain.callCount, 'call')}`,
    lines: [[shown, ...when, ...clocks].join(' · '), `Chain ${chain.id}. Names of principals and values in paths are left out.`],
  };
}

/** The name of a chain's file; an id is made of what a file name may hold, but for a few signs. */
export const pictureName = (chain: string): string => `chain-${chain.replaceAll(/[^\w.-]/g, '-')}`;
