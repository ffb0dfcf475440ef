import { expect, test } from 'vitest';
import { findRootCauses, type StoryFinding } from '#shared/engine/detectors/causes/find-causes.ts';
import { detect } from '#test/support/detect.ts';

/** A program's ordinary day from one network, then its story from `ip`. */
const day = (ip: string): string =>
  [
    ...Array.from({ length: 30 }, (_, index) => `0${String(Math.floor(index / 10))}:${String((index % 10) * 6).padStart(2, '0')} agent:bot GET api.acme.test/v1/items/${String(index)} 200 cred=jwt-1 ip=10.1.0.7`),
    ...Array.from({ length: 5 }, (_, index) => `05:0${String(index)} agent:bot GET api.acme.test/v1/secrets/${String(index)} 200 cred=jwt-1 ip=${ip}`),
  ].join('\n'); // prettier-ignore

async function causeOf(ip: string, change: Partial<StoryFinding> = {}, others = ''): Promise<unknown> {
  const { db } = await detect([], `${day(ip)}\n${others}`);
  const principal = db.prepare("SELECT id FROM principal WHERE label = 'bot'").get<{ id: number }>()?.id ?? 0;
  const calls = db
    .prepare("SELECT id FROM call WHERE path LIKE '/v1/secrets/%' ORDER BY time")
    .all<{ id: number }>()
    .map(({ id }) => id);
  const finding: StoryFinding = {
    id: 'f1', detector: 'bfla-privileged-function', observed: { succeeded: 5 }, story: 's', isIncident: true, isGrave: true, principals: [principal], calls, ...change,
  }; // prettier-ignore
  return findRootCauses(db, [finding]).get('s');
}

test('calls out of a network that many share are neither at home nor abroad', async () => {
  const others = ['ann', 'ben', 'cat']
    .map(
      (name, index) =>
        `04:1${String(index)} human:${name} GET api.acme.test/v1/items/1 200 cred=key-${name} ip=203.0.113.${String(index + 1)}`,
    )
    .join('\n');
  expect(JSON.stringify(await causeOf('203.0.113.77', {}, others))).not.toContain('called from');
});

test('a principal at home that could do too much is over-privileged, and the place says so', async () => {
  expect(await causeOf('10.1.0.9')).toMatchObject({
    kind: 'over-privileged',
    signs: [
      { cause: 'over-privileged', finding: 'f1' },
      { cause: 'stolen', speaks: 'against', text: '5 of 5 calls came from where it had called from before (10.1.0.0/24)' },
    ],
  });
});

test('a new place speaks for a thief without deciding', async () => {
  expect(await causeOf('203.0.113.4')).toMatchObject({
    kind: 'over-privileged',
    signs: [{ cause: 'over-privileged' }, { cause: 'stolen', speaks: 'for', strength: 'weak' }],
  });
});

test('notes and weaknesses alone have no root cause', async () => {
  expect(await causeOf('10.1.0.9', { isGrave: false })).toBeUndefined();
  expect(await causeOf('10.1.0.9', { isIncident: false })).toBeUndefined();
  expect(await causeOf('10.1.0.9', { story: '' })).toBeUndefined();
});

test('a text that gives orders, read before data went out, misled its reader; one read later did not', async () => {
  const { db } = await detect([], day('10.1.0.9'));
  const base = { story: 's', isIncident: true, isGrave: true, principals: [1], calls: [] };
  const leak: StoryFinding = { ...base, id: 'leak', detector: 'sensitive-read-to-external-write', observed: { untrustedInput: 'none seen', provenValues: 4 }, from: '2026-10-01T05:00', crossed: '2026-10-01T05:03' };
  const text = (from: string): StoryFinding => ({ ...base, id: 'text', detector: 'injection-then-action', observed: { provenCalls: 0, callsAfter: 0 }, from });
  const causeWith = (read: StoryFinding): string | undefined => findRootCauses(db, [leak, read]).get('s')?.kind;
  expect(causeWith(text('2026-10-01T04:59'))).toBe('misled');
  expect(causeWith(text('2026-10-01T05:04'))).toBe('over-privileged');
  expect(causeWith({ ...text('2026-10-01T04:59'), principals: [2] })).toBe('over-privileged');
}); // prettier-ignore
