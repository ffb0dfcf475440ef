import { greatest } from '../../../lib/extremes.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';

/** A draft with the collection that it walked through. */
export interface WalkDraft {
  readonly draft: FindingDraft;
  readonly collection: string;
}

/** Host and path up to the object that is asked for: `acme.test/orders/{id}` of `GET acme.test/orders/{id}/items`. */
export const collectionOf = (endpointKey: string): string =>
  endpointKey.slice(endpointKey.indexOf(' ') + 1, endpointKey.lastIndexOf('}') + 1);

const union = (drafts: readonly FindingDraft[], pick: (draft: FindingDraft) => readonly number[]): readonly number[] => [
  ...new Set(drafts.flatMap((draft) => [...pick(draft)])),
];

/**
 * One caller that walked through the same collection by several operations is one finding: the longest walk stands, the
 * others add their calls.
 */
export function mergeSiblings(db: SqlDriver, walks: readonly WalkDraft[]): readonly FindingDraft[] {
  const groups = new Map<string, FindingDraft[]>();
  for (const { draft, collection } of walks) {
    const key = `${draft.principals.join(',')} ${collection}`;
    groups.set(key, [...(groups.get(key) ?? []), draft]);
  }
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const startOf = (id: number): number => time.get<{ time: number | null }>(id)?.time ?? Infinity;
  return [...groups.values()].flatMap((drafts) => {
    const [first, ...others] = [...drafts].sort((a, b) => b.calls.length - a.calls.length || (a.subject < b.subject ? -1 : 1));
    if (first === undefined || others.length === 0) return drafts;
    const all = [first, ...others];
    const starts = new Map(union(all, (draft) => draft.calls).map((id) => [id, startOf(id)]));
    return {
      ...first,
      title: `${first.title}, and through ${String(others.length)} more ${others.length === 1 ? 'endpoint' : 'endpoints'} of the same objects`,
      // Where one of them is no run by its caller's right, none is.
      severity: (all.find(({ severity }) => severity.base !== 'low') ?? first).severity,
      score: greatest(all.map((draft) => draft.score)),
      credentials: union(all, (draft) => draft.credentials),
      endpoints: union(all, (draft) => draft.endpoints),
      chains: union(all, (draft) => draft.chains),
      calls: [...starts.keys()].sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0) || a - b),
      observed: { ...first.observed, operations: all.length },
    };
  });
}
