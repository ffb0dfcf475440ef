import { expect, test } from 'vitest';
import { readSourceClocks } from '#shared/engine/store/read/clock-offsets.ts';
import { detect } from '#test/support/detect.ts';

const HOUR = 3600;
/** Beats that no clock repeats. Units: s. */
const at = (place: number): number => 4 * HOUR + place * 97 + ((place * place * 31) % 61);

/** So many requests of one log, its clock so far ahead. Units: s. */
const log = (name: string, ahead: number, from: number, to: number, extra = ''): string =>
  Array.from({ length: to - from }, (_, step) => {
    const place = from + step;
    const seconds = at(place) + ahead;
    const clock = `${String(Math.floor(seconds / 86_400))}+00:00:${(seconds % 86_400).toFixed(1)}`;
    return `${clock} - GET desk.acme.test/tickets/${String(1000 + (place % 45))} 200 in=${name} dur=80 ip=10.0.0.${String(place % 5)}${extra}`;
  }).join('\n');

/** Logs with a zone of their own, and load balancers' logs without. */
async function clocksOf(text: string): Promise<Readonly<Record<string, number>>> {
  const { db } = await detect([], text, {}, (made) => {
    made.db.exec("UPDATE source SET timezone = iif(name LIKE 'alb%', 'assumed UTC', 'in the data')");
  });
  const clocks = readSourceClocks(db);
  const names = db.prepare('SELECT id, name FROM source').all<{ id: number; name: string }>();
  return Object.fromEntries(names.map(({ id, name }) => [name, Math.round((clocks.get(id) ?? 0) / 1e6)]));
}
const same = async (text: string): Promise<number> => {
  const { db } = await detect([], text, {}, (made) => {
    made.db.exec("UPDATE source SET timezone = iif(name LIKE 'alb%', 'assumed UTC', 'in the data')");
  });
  return db.prepare('SELECT count(*) AS n FROM call_fact WHERE same_as IS NOT NULL').get<{ n: number }>()?.n ?? 0;
};

test('a log in local time that names no zone is set by one that does; what is left beside the zone is the clock of the other', async () => {
  const text = `${log('alb', 2 * HOUR, 0, 60)}\n${log('kong', 263, 0, 50)}`;
  expect(await clocksOf(text)).toEqual({ alb: 7200, kong: 263 });
  expect(await same(text)).toBe(50);
});

test('a file of a log that shows too little goes with its files before and after', async () => {
  const text = [
    log('alb-1', -5 * HOUR, 0, 40),
    log('alb-2', -5 * HOUR, 60, 63),
    log('alb-3', -5 * HOUR, 80, 120),
    log('kong-1', 200, 0, 35),
    log('kong-2', 200, 60, 63),
    log('kong-3', 200, 80, 115),
  ].join('\n');
  expect(await clocksOf(text)).toEqual({
    'alb-1': -18_000,
    'alb-2': -18_000,
    'alb-3': -18_000,
    'kong-1': 200,
    'kong-2': 200,
    'kong-3': 200,
  });
});

test('logs that share only what is asked for again and again say nothing of a zone', async () => {
  const beat = (name: string, ahead: number): string =>
    Array.from(
      { length: 80 },
      (_, place) => `00:00:${String(place * 120 + ahead + 1)}.0 - GET desk.acme.test/poll 200 in=${name} dur=20 ip=10.0.0.1`,
    ).join('\n');
  expect(await clocksOf(`${beat('alb', 2 * HOUR)}\n${beat('kong', 0)}`)).toEqual({ alb: 0, kong: 0 });
});

test('a difference that lies near no zone is no zone', async () => {
  expect(await clocksOf(`${log('alb', 20 * 60, 0, 60)}\n${log('kong', 0, 0, 50)}`)).toEqual({ alb: 0, kong: 0 });
});
