import type { CallColumns } from '../../columns/call-columns.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { caseLinks, LINK_KINDS, type CaseLinks } from './case-links.ts';

/** Links by which one call can have been made while another was answered. */
const INSIDE = new Set<number>(['trace', 'rpc', 'nesting'].map((kind) => LINK_KINDS.findIndex((each) => each === kind)));

/** The links of a case, told apart. */
export interface CaseCauses {
  readonly links: CaseLinks;
  /** By ordinal: the link by which the call was made while another one was answered, or -1. */
  readonly causeOf: Int32Array;
  /** By link: 1 when its effect was made while its cause was answered. */
  readonly isInside: Uint8Array;
}

/**
 * Which links say that whoever answered one call made the other: a trace, a message id or nesting in time, where the second call began
 * before the first had ended. A call that began later was led to, and who made it is a question of attribution.
 * Example: a gateway answers from 0 to 90 ms, its upstream is called at 12 ms: inside. A model answers until 800 ms, a tool is called at
 * 815 ms in the same trace: led to.
 */
export function caseCauses(db: SqlDriver, columns: CallColumns): Promise<CaseCauses> {
  return columns.derived('graph causes', async (breathe) => {
    const links = await caseLinks(db, columns);
    await columns.need(['c.time', 'c.duration']);
    const times = await columns.numbersOf('c.time');
    const durations = await columns.numbersOf('c.duration');
    const causeOf = new Int32Array(columns.ids.length).fill(-1);
    const isInside = new Uint8Array(links.to.length);
    for (let at = 0; at < links.to.length; at += 1) {
      if (at % SLICE === 0) await breathe();
      if (!INSIDE.has(links.kind[at] ?? 0)) continue;
      const from = links.from[at] ?? 0;
      const to = links.to[at] ?? 0;
      const end = (times[from] ?? NaN) + (durations[from] ?? NaN);
      // Without a duration or a time nothing contradicts the link.
      if ((times[to] ?? NaN) > end) continue;
      isInside[at] = 1;
      const best = causeOf[to] ?? -1;
      if (best < 0 || (links.confidence[at] ?? 0) > (links.confidence[best] ?? 0)) causeOf[to] = at;
    }
    return { links, causeOf, isInside };
  });
}
