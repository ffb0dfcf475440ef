import { durationText } from '../../../lib/duration.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { plural } from '../spoken.ts';

/** Where other sources end within this after it, the log was taken while it was written. Units: µs. */
const SAME_END = 300_000_000;

interface BrokenEnd {
  readonly source: number;
  readonly name: string;
  readonly last: number;
}

/** Sources whose last record breaks off with the file: what followed it is not in the evidence. */
const readBrokenEnds = (db: SqlDriver): readonly BrokenEnd[] =>
  db
    .prepare(
      `SELECT s.id AS source, s.name, s.time_max AS last FROM source s
        WHERE s.time_max IS NOT NULL AND s.state = 'complete' AND s.bytes > 0 AND EXISTS (SELECT 1 FROM issue i WHERE i.source_id = s.id AND i.severity = 'reject' AND i.byte_length > 0 AND i.byte_start + i.byte_length = s.bytes)
        ORDER BY s.name`,
    )
    .all();

/** A finding for each source that was cut inside a record, while others go on. */
export function findBrokenEnds(db: SqlDriver): readonly FindingDraft[] {
  const lastCall = db.prepare('SELECT id FROM call WHERE source_id = ? AND time IS NOT NULL ORDER BY time DESC, id DESC LIMIT 1');
  const others = db.prepare('SELECT count(*) AS calls, max(time) AS until FROM call WHERE time > ? AND source_id <> ?');
  return readBrokenEnds(db).map(({ source, name, last }): FindingDraft => {
    const { calls = 0, until = null } = others.get<{ calls: number; until: number | null }>(last + SAME_END, source) ?? {};
    const id = lastCall.get<{ id: number }>(source)?.id;
    const at = `${printTime(epochMicros(last)).slice(0, 16).replace('T', ' ')} UTC`;
    return {
      subject: `${name} broken end`,
      title: `${name} breaks off inside a record, its last whole one of ${at}${until === null ? '' : `; other sources go on for ${durationText(Math.round((until - last) / 1e6))}`}`,
      severity: { base: 'info', steps: calls > 0 ? [{ by: 1, why: `other sources hold ${plural(calls, 'call')} of the time after it` }] : [] },
      confidence: 'observed',
      score: 0.4,
      principals: [],
      credentials: [],
      endpoints: [],
      chains: [],
      calls: id === undefined ? [] : [id],
      crossedAt: id,
      observed: { source: name, lastRecordAt: at, callsInOtherSourcesAfter: calls },
      expected: { endsWith: 'a whole record' },
      benignTested: [
        { explanation: 'the log was copied while it was written', result: calls > 0 ? 'possible, but then hours before the others' : 'possible: the others end with it' },
        { explanation: 'one damaged record', result: 'not supported: the file ends with it' },
      ],
      remediation: ['Ask for the file once more, whole, before concluding that something had ended by then.'],
    };
  });
} // prettier-ignore
