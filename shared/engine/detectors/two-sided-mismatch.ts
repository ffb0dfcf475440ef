import type { SqlDriver } from '../store/driver.ts';
import { readSides, type Sides } from '../store/read/two-sides/read-sides.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { bypassDrafts } from './two-sides/bypass.ts';
import { MIN_MATCHED, MIN_RATE, MIN_STRANGERS, MIN_USED_BEFORE, secondUserDrafts } from './two-sides/second-user.ts';

/** Why nothing can be compared; `undefined` where it can. */
function missing(sides: readonly Sides[], db: SqlDriver): string | undefined {
  if (sides.length === 0) return 'the case holds no capture of a client (HAR)';
  const paired = sides.filter(({ logs }) => logs.length > 0);
  if (paired.length === 0) return 'no log saw the same traffic as a capture';
  const logs = paired.flatMap(({ logs: beside }) => beside.map(({ source }) => source));
  const told = db
    .prepare(
      'SELECT 1 AS yes FROM json_each(?) l WHERE EXISTS (SELECT 1 FROM call WHERE source_id = l.value AND (credential_id IS NOT NULL OR consumer_id IS NOT NULL))',
    )
    .get(JSON.stringify([...new Set(logs)]));
  return told === undefined ? 'no log beside a capture shows credentials or accounts' : undefined;
}

/** Flags what a gateway saw and the recording of the client did not, and the other way round. */
export const twoSidedMismatch: Detector = {
  id: 'two-sided-mismatch',
  version: 1,
  title: 'Capture and gateway disagree',
  question: 'Did the gateway see calls with the credential of a recorded client that the client did not make?',
  about: {
    catches: 'Calls that a gateway saw with the credential of a recorded client and that the capture of that client does not hold: somebody else uses it.',
    inputs: ['a capture of a client and a log of the gateway, of overlapping time', 'ids that both keep, for the clocks'],
    falsePositives: ['a capture that began late or was paused', 'service workers, which a capture may not see', 'a log that is sampled'],
  },
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['time'],
  maps: { owaspApi: ['API9:2023'], owaspLlm: [], owaspAgentic: ['ASI10', 'MCP08'], attack: ['T1550.001', 'T1090'], atlas: ['AML.T0091.000'], cwe: ['CWE-778'] },
  settings: [
    { name: 'minMatched', value: MIN_MATCHED, why: 'requests that both sides must show before a log counts as the other side of a capture' },
    { name: 'minRate', value: MIN_RATE, why: 'share of the requests to hosts of the log that must be found in it; below, pairing or the log has holes' },
    { name: 'minStrangers', value: MIN_STRANGERS, why: 'calls from elsewhere before a second user is told; fewer may be records that were lost' },
    { name: 'minUsedBefore', value: MIN_USED_BEFORE, why: 'uses from a place before the recording that make a program’s key one that is shared' },
  ],
  async run(db, breathe, tools) {
    const sides = await readSides(db, breathe);
    const reason = missing(sides, db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const findings: FindingDraft[] = [];
    for (const side of sides) {
      findings.push(...secondUserDrafts(db, side), ...bypassDrafts(db, side, tools));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
