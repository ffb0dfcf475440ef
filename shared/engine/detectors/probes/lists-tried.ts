import { durationText } from '../../../lib/duration.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';
import { REFUSED } from './dense-refusals.ts';
import { hopedFor } from './doors.ts';

/** Different paths out of scanners' lists that are no slip of a stranger's. */
export const MIN_TRIED = 3;

/** Rows read at a time, so that other work gets in between. */
const PAGE = 5_000;

interface Probe {
  readonly id: number;
  readonly time: number;
  readonly principal: number;
  readonly label: string;
  readonly path: string;
  readonly what: string;
}

/** Refused calls of strangers for what scanners hope for, in time order. Cost: one walk along the refused calls; memory for the probes alone. */
async function readProbes(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Probe[]> {
  const page = db.prepare(
    `SELECT c.id, c.time, p.id AS principal, p.label, c.path FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 1
      WHERE c.id > ? AND ${REFUSED} AND f.same_as IS NULL AND c.time IS NOT NULL AND c.path IS NOT NULL ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  const found: Probe[] = [];
  for (let after = 0; ;) {
    const rows = page.all<Omit<Probe, 'what'>>(after);
    const last = rows.at(-1);
    if (last === undefined) return found.sort((a, b) => a.time - b.time || a.id - b.id);
    after = last.id;
    for (const row of rows) {
      const what = hopedFor(row.path);
      if (what !== undefined) found.push({ ...row, what });
    }
    await breathe();
  }
}

/**
 * One note for all strangers who went through a scanner's list in vain, with what they asked for: the noise of the internet, which is no part of an
 * incident and nobody must act on, yet which should have a name. `told` are those of whom another finding speaks.
 */
export async function findListsTried(
  db: SqlDriver,
  told: ReadonlySet<number>,
  breathe: () => Promise<void>,
): Promise<readonly FindingDraft[]> {
  const byStranger = groupBy(await readProbes(db, breathe), ({ principal }) => principal);
  const tried = [...byStranger]
    .filter(([id, probes]) => !told.has(id) && new Set(probes.map(({ path }) => path)).size >= MIN_TRIED)
    .flatMap(([, probes]) => probes)
    .sort((a, b) => a.time - b.time || a.id - b.id);
  const [first] = tried;
  const last = tried.at(-1);
  if (first === undefined || last === undefined) return [];
  const strangers = new Map(tried.map(({ principal, label }) => [principal, label]));
  const paths = new Map(tried.map(({ path, what }) => [path, what]));
  const wanted = [...groupBy(paths.keys(), (path) => paths.get(path) ?? '')].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const who = strangers.size === 1 ? (strangers.get(first.principal) ?? 'A stranger') : plural(strangers.size, 'stranger');
  const took = durationText(Math.max(1, Math.round((last.time - first.time) / 1e6)));
  return [
    {
      subject: 'scanners in vain',
      family: 'posture',
      title: `${who} asked for ${plural(paths.size, 'address', 'addresses')} out of scanners’ lists in ${took}, all refused or not there: ${listOf(wanted.map(([what]) => what), 3)}`,
      severity: { base: 'low', steps: [{ by: -1, why: 'every attempt failed' }] },
      confidence: 'observed',
      score: Math.min(0.15, paths.size / 1000),
      principals: [...strangers.keys()],
      ...whatOf(db, tried.map(({ id }) => id)),
      crossedAt: tried[Math.min(tried.length, MIN_TRIED) - 1]?.id,
      observed: { refused: tried.length, strangers: strangers.size, askedFor: wanted.map(([what, of]) => `${what}: ${listOf(of, 3)}`) },
      expected: { fromScannersLists: `fewer than ${String(MIN_TRIED)} of one stranger` },
      benignTested: [{ explanation: 'a scan that was ordered', result: 'not testable: nothing in the records names who asked for it' }],
      remediation: ['Nothing was given. Look at what the same addresses asked for before and after.'],
    },
  ];
} // prettier-ignore
