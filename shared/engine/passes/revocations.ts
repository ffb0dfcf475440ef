import { bulkInsert } from '../store/bulk-insert.ts';
import type { Pass } from './pass.ts';
import type { End } from './revocations/end.ts';
import { listEnds } from './revocations/list-ends.ts';

/** The first of each credential and kind. */
function firstOfEach(ends: readonly End[]): readonly End[] {
  const first = new Map<string, End>();
  for (const end of ends) {
    const key = `${end.kind} ${String(end.credential)}`;
    if (!first.has(key)) first.set(key, end);
  }
  return [...first.values()];
}

/** Finds the calls that withdrew credentials: what revocation, containment and detectors go by. */
export const revocationsPass: Pass = {
  id: 'revocations',
  version: 1,
  title: 'Withdrawn credentials',
  needs: ['principals', 'endpoints', 'chains'],
  async run({ db, breathe }) {
    const ends = firstOfEach(await listEnds(db, breathe));
    db.transaction(() => {
      db.exec('DELETE FROM credential_end');
      const rows = bulkInsert(db, 'credential_end', ['credential_id', 'kind', 'time', 'call_id']);
      for (const { credential, kind, time, call } of ends) rows.add(credential, kind, time, call);
      rows.flush();
    });
    const count = (kind: End['kind']): string => ends.filter((end) => end.kind === kind).length.toLocaleString('en-US');
    return `The evidence shows ${count('revoked')} credentials being revoked and ${count('logged-out')} whose principal ended the session.`;
  },
};
