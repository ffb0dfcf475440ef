import { runDetectors } from '#shared/engine/detectors/run.ts';
import { baselinePass } from '#shared/engine/passes/baseline.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { memoryCase, testCodec } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

import { linesWith, type Place } from './lines.ts';

/** What became of the three lines of one text. */
export interface Kept {
  readonly place: Place;
  readonly isAccepted: boolean;
  /** Path and query stand in the case letter for letter. */
  readonly isExact: boolean;
  /** A mask stands in them: something was taken for a secret. */
  readonly isMasked: boolean;
  /** Every `‹` of them belongs to a whole mask. */
  readonly hasWholeMasks: boolean;
  /** A finding of the detector for payloads has it as evidence. */
  readonly isFound: boolean;
  /** Any finding has it as evidence. */
  readonly isInAnyFinding: boolean;
  readonly stored: string;
}

/** Number 49 of the catalogue of detections. */
const DETECTOR = 'injection-payload';

/** Puts texts into an access log, imports and analyses it. Shape: three for each text, in their order. */
export async function keepTexts(texts: readonly string[]): Promise<readonly Kept[]> {
  const lines = texts.flatMap((text, index) => linesWith(text, index));
  const db = memoryCase();
  await importText(db, 'access.log', lines.map(({ line }) => line).join('\n'));
  const context = passContext(db);
  for (const pass of [principalsPass, endpointsPass, chainsPass, baselinePass]) await pass.run(context);
  await runDetectors(db, { breathe: context.breathe, codec: testCodec });
  const rows = db
    .prepare('SELECT id, record, path, query FROM call')
    .all<{ id: number; record: number; path: string | null; query: string | null }>();
  const byRecord = new Map(rows.map((row) => [row.record, row]));
  const evidence = db
    .prepare('SELECT e.call_id AS call, f.detector FROM finding_call e JOIN finding f ON f.id = e.finding_id')
    .all<{ call: number; detector: string }>();
  const found = new Set(evidence.filter(({ detector }) => detector === DETECTOR).map(({ call }) => call));
  const anyFinding = new Set(evidence.map(({ call }) => call));
  db.close();
  return lines.map(({ place, path, query }, index) => {
    const row = byRecord.get(index + 1);
    const stored = `${row?.path ?? ''}${typeof row?.query === 'string' ? `?${row.query}` : ''}`;
    return {
      place,
      isAccepted: row !== undefined,
      isExact: row?.path === path && (row.query ?? undefined) === query,
      isMasked: stored.includes('‹'),
      hasWholeMasks: !/[‹›]/.test(stored.replaceAll(/‹[a-z-]+ fp:[0-9a-f]{12}›/g, '')),
      isFound: row !== undefined && found.has(row.id),
      isInAnyFinding: row !== undefined && anyFinding.has(row.id),
      stored,
    };
  });
}
