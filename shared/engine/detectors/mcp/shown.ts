import type { Change } from './changes.ts';
import type { Show, Told, Version } from './definitions.ts';
import type { ToolUse } from './tool-uses.ts';

/** The last of some answers before a moment. Shape: `shows` in order of time. */
const lastBefore = (shows: readonly Show[], time: number): Show | undefined => shows.findLast((show) => show.time <= time);

/**
 * The wording that stood behind each use of a tool: what its caller was shown last, or, where the caller asked for no list, what anybody was shown
 * last. A server may show two wordings in turns: not all that was done after a change was done under it. None before the first list.
 */
export function wordingReader({ shows }: Told): (use: ToolUse) => Version | undefined {
  const byCaller = new Map<number | null, Show[]>();
  for (const show of shows) {
    const own = byCaller.get(show.principal);
    if (own === undefined) byCaller.set(show.principal, [show]);
    else own.push(show);
  }
  return ({ principal, time }) => (lastBefore(byCaller.get(principal) ?? [], time) ?? lastBefore(shows, time))?.version;
}

/** The last answer with the older wording before the newer one was first shown: what it is compared with. */
export const comparedWith = ({ told, older, newer }: Change): readonly number[] => {
  const show = told.shows.findLast((each) => each.version === older && each.time <= newer.first);
  return show === undefined ? [] : [show.call];
};
