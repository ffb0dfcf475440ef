import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const clock = (day: number, minute: number): string =>
  `${String(day)}+${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** Twelve programs with the same work for six days; `odd` reads many things on the last of them. */
function traffic(odd: number): string {
  const lines: string[] = [];
  for (let caller = 0; caller < 12; caller += 1)
    for (let day = 0; day < 6; day += 1)
      for (let call = 0; call < 10 + ((caller + day) % 3); call += 1)
        lines.push(`${clock(day, call * 5)} service:job-${String(caller)} GET api.acme.test/v1/items/${String(call % 4)} 200 answer=900`);
  for (let call = 0; call < odd; call += 1)
    lines.push(`${clock(5, 100 + (call % 60))} service:job-3 GET api.acme.test/v1/items/${String(1000 + call)} 200 answer=900`);
  return lines.join('\n');
}

interface Row {
  readonly label: string;
  readonly start: number;
  readonly p: number;
  readonly q: number;
  readonly data: string;
}

async function daysOf(odd: number): Promise<readonly Row[]> {
  const { db } = await detect([], traffic(odd));
  return db
    .prepare("SELECT p.label, s.start, s.p, s.q, s.data FROM signal s JOIN principal p ON p.id = s.principal_id WHERE s.kind = 'caller-day' ORDER BY s.p")
    .all<Row>();
} // prettier-ignore

test('a day far beyond its principal, its kind and its hour is the rarest, with what is rarest of it', async () => {
  const [first, second] = await daysOf(300);
  expect(first?.label).toBe('job-3');
  expect(first?.data).toMatch(/31\d calls|30\d different objects|calls in one hour/);
  expect(first?.p).toBeLessThan(0.05);
  expect(first?.q).toBeGreaterThanOrEqual(first?.p ?? 1);
  expect(second?.p ?? 1).toBeGreaterThan(first?.p ?? 1);
});

test('where all days are alike none is rarer than the rank among them allows', async () => {
  for (const { p } of await daysOf(0)) expect(p).toBeGreaterThan(0.001);
});
