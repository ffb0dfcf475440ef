import { expect, test } from 'vitest';
import { setGiven } from '#shared/engine/passes/baseline/chosen.ts';
import { getMeta } from '#shared/engine/store/meta.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const at = (day: number, second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${String(day)}+${part(Math.floor(second / 3600))}:${part(Math.floor(second / 60) % 60)}:${part(second % 60)}`;
};
const MORNING = 8 * 3600;

/** Fourteen programs with the same work for six days; one of them reads 400 other things, 30 kB each, within an hour of the second day. */
function traffic(): string {
  const lines: string[] = [];
  for (let caller = 0; caller < 14; caller += 1)
    for (let day = 0; day < 6; day += 1)
      for (let call = 0; call < 12 + ((caller + day) % 3); call += 1)
        lines.push(`${at(day, MORNING + call * 600)} service:job-${String(caller)} GET api.acme.test/v1/items/${String(call % 4)} 200 answer=900`);
  for (let call = 0; call < 400; call += 1)
    lines.push(`${at(1, 3 * 3600 + call * 2)} service:job-3 GET api.acme.test/v1/items/${String(1000 + call)} 200 answer=30000`);
  return lines.join('\n');
} // prettier-ignore

/** The whole incident lies inside the window from which is learnt what is usual. */
const learnt = (): Promise<Detected> =>
  detect([], traffic(), {}, ({ db }) => {
    const last = db.prepare('SELECT max(time) AS time FROM call').get<{ time: number }>()?.time ?? 0;
    setGiven(db, { until: last - 3_600_000_000 });
  });

test('an incident inside the training window is no excuse for itself: it stands out by breadth, burst, bytes and as a day', async () => {
  const { db } = await learnt();
  const incident = db.prepare("SELECT max(time) AS time FROM call WHERE path LIKE '/v1/items/1___'").get<{ time: number | null }>()?.time ?? Infinity;
  expect(Number(getMeta(db, 'baseline_to'))).toBeGreaterThan(incident);
  const found = db
    .prepare('SELECT s.kind, p.label FROM signal s JOIN principal p ON p.id = s.principal_id ORDER BY s.p, s.kind')
    .all<{ kind: string; label: string }>();
  for (const kind of ['breadth', 'burst', 'egress', 'caller-day'])
    expect([kind, found.find((signal) => signal.kind === kind)?.label]).toEqual([kind, 'job-3']);
  expect(found.filter(({ kind }) => ['breadth', 'burst', 'egress'].includes(kind)).every(({ label }) => label === 'job-3')).toBe(true);
}); // prettier-ignore
