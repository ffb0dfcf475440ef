import { describe, expect, test } from 'vitest';
import { nodeCodec } from '#electron/node/crypto.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { spreadKeys } from '#shared/engine/passes/chains/sessions/keys.ts';
import { previewSessionKeys } from '#shared/engine/sessions/preview.ts';
import { listChains } from '#shared/engine/store/read/chains/chains.ts';
import { caseInfo } from '#shared/engine/store/read/report/overview.ts';
import { readSessionKeys } from '#shared/engine/store/read/session-keys.ts';
import { makeChange, undoEntry } from '#shared/engine/store/review/log.ts';
import type { SessionKey } from '#shared/model/session-key.ts';
import { caseFromText, type TextOptions } from '#test/support/calls-from-text.ts';

const AT = '2026-10-02T00:00:00.000000Z';
const breathe = () => Promise.resolve();

/** Two pieces of work of one caller side by side, and one of them again an hour later. */
const TEXT = `
  00:00.0     human:ann  GET  api.acme.test/a  200  cred=one
  00:01.0     human:ann  GET  api.acme.test/b  200  cred=two
  00:02.0     human:ann  GET  api.acme.test/c  200  cred=one
  00:03.0     human:ann  GET  api.acme.test/d  200  cred=two
  01:00:00.0  human:ann  GET  api.acme.test/e  200  cred=one`;

/** The calls of every chain under the keys, and what the preview said there would be. */
async function chainsBy(keys: readonly SessionKey[], text: string, options?: TextOptions) {
  const { db, context } = caseFromText(text, options);
  await chainsPass.run(context);
  const preview = await previewSessionKeys(db, nodeCodec, keys, breathe);
  makeChange(db, { kind: 'session-keys', keys }, AT);
  const detail = await chainsPass.run(context);
  const chains = new Map<number, string[]>();
  const rows = db
    .prepare(
      'SELECT f.chain_id AS chain, c.record FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.chain_id IS NOT NULL ORDER BY c.time, c.record',
    )
    .all<{ chain: number; record: number }>();
  for (const { chain, record } of rows) chains.set(chain, [...(chains.get(chain) ?? []), String(record)]);
  return { db, preview, detail, chains: [...chains.values()].map((calls) => calls.join(' ')).sort() };
}

const headers = (lines: readonly string[]): TextOptions => ({
  headers: Object.fromEntries(lines.map((line, at) => [`kong#${String(at + 1)}`, { request: line === '' ? [] : [line] }])),
});

describe('sessions by keys of the analyst', () => {
  test('without a key, pauses tell them', async () => {
    const { chains } = await chainsBy([], TEXT);
    expect(chains).toEqual(['1 2 3 4']);
  });

  test('a header holds calls together over any pause and parts those side by side', async () => {
    const { chains, detail } = await chainsBy(
      [{ kind: 'header', name: 'X-Session' }],
      TEXT,
      headers(['x-session: p', 'x-session: q', 'x-session: p', 'x-session: q', 'x-session: p']),
    );
    expect(chains).toEqual(['1 3 5', '2 4']);
    expect(detail).toContain('Sessions are told by header X-Session, which 5 calls carry; else by pauses.');
  });

  test('a cookie, a member of the baggage', async () => {
    const cookies = headers(['cookie: a=1; sid=p', 'cookie: sid=q; a=1', 'cookie: sid=p', 'cookie: sid=q', 'cookie: sid=p']);
    expect((await chainsBy([{ kind: 'cookie', name: 'sid' }], TEXT, cookies)).chains).toEqual(['1 3 5', '2 4']);
    const baggage = headers([
      'baggage: run=p;ttl=5,user=7',
      'baggage: user=7, run=q',
      'baggage: run=p',
      'baggage: run=q',
      'baggage: run=p',
    ]);
    expect((await chainsBy([{ kind: 'baggage', name: 'run' }], TEXT, baggage)).chains).toEqual(['1 3 5', '2 4']);
  });

  test('a claim, also one inside another', async () => {
    const tokens = { one: { claims: { act: { sid: 'p' } } }, two: { claims: { act: { sid: 'q' } } } };
    expect((await chainsBy([{ kind: 'claim', name: 'act.sid' }], TEXT, { tokens })).chains).toEqual(['1 3 5', '2 4']);
  });

  test('a place in request bodies', async () => {
    const text = TEXT.split('\n')
      .map((line, at) => (line.trim() === '' ? line : `${line} <= $.context.id=work-${at % 2 === 1 ? 'one1' : 'two2'}`))
      .join('\n');
    expect((await chainsBy([{ kind: 'body', name: '$.context.id' }], text)).chains).toEqual(['1 3 5', '2 4']);
  });

  test('the first key of the list that a call carries counts; calls without any are told by pauses', async () => {
    const keys: readonly SessionKey[] = [
      { kind: 'header', name: 'x-run' },
      { kind: 'cookie', name: 'sid' },
    ];
    const { chains, preview } = await chainsBy(keys, TEXT, headers(['x-run: p', 'cookie: sid=q', 'x-run: p', '', '']));
    expect(chains).toEqual(['1 3']);
    expect(preview).toMatchObject({
      calls: 5,
      carried: 3,
      keys: [
        { carried: 2, decides: 2, values: 1, largest: 2 },
        { carried: 1, decides: 1, values: 1, largest: 1 },
      ],
      before: { chains: 1, calls: 4 },
      after: { chains: 1, calls: 2 },
      split: 1,
      joined: 0,
    });
  });

  test('a value that went from one piece of work to another is a link between two chains', async () => {
    const text = `
      00:00.0  human:ann  GET  api.acme.test/orders  200  => $.order=ord_7f3a9c21
      00:01.0  human:ann  GET  api.acme.test/x  200
      00:02.0  human:ann  GET  api.acme.test/orders/ord_7f3a9c21  200  tpl=/orders/{id}
      00:03.0  human:ann  GET  api.acme.test/y  200`;
    const { chains, db } = await chainsBy(
      [{ kind: 'header', name: 'x-run' }],
      text,
      headers(['x-run: p', 'x-run: p', 'x-run: q', 'x-run: q']),
    );
    expect(chains).toEqual(['1 2', '3 4']);
    expect(db.prepare("SELECT chain_id FROM edge WHERE kind = 'value'").all()).toEqual([{ chain_id: null }]);
  });

  test('the preview says what the analysis then finds, and writes nothing', async () => {
    const { preview, chains } = await chainsBy(
      [{ kind: 'header', name: 'x-session' }],
      TEXT,
      headers(['x-session: p', 'x-session: q', 'x-session: p', 'x-session: q', 'x-session: p']),
    );
    expect(preview.after).toEqual({ chains: 2, calls: 5, medianCalls: 2.5, largest: 3, sizes: [1, 1, 0, 0, 0, 0] });
    expect(chains).toHaveLength(preview.after.chains);
    const { db, context } = caseFromText(TEXT);
    await chainsPass.run(context);
    await previewSessionKeys(db, nodeCodec, [{ kind: 'header', name: 'x-session' }], breathe);
    expect(listChains(db, { from: 0, count: 9 }).total).toBe(1);
    expect(readSessionKeys(db)).toEqual({ keys: [] });
  });

  test('in a case that was analyzed before lanes were kept, chains hold together until a key parts them', async () => {
    const text = `
      00:00.0     human:ann  GET  api.acme.test/a  200  cred=one
      00:01.0     human:ben  GET  api.acme.test/b  200  cred=two
      00:02.0     human:ann  GET  api.acme.test/c  200  cred=one
      00:03.0     human:ben  GET  api.acme.test/d  200  cred=two`;
    const { db, context } = caseFromText(text, headers(['x-run: p', '', 'x-run: q', '']));
    await chainsPass.run(context);
    db.exec('DELETE FROM call_lane; DELETE FROM lane');
    const now = db.prepare('SELECT count(*) AS chains FROM chain').get<{ chains: number }>();
    expect(await previewSessionKeys(db, nodeCodec, [], breathe)).toMatchObject({ split: 0, joined: 0, before: now, after: now });
    expect(await previewSessionKeys(db, nodeCodec, [{ kind: 'header', name: 'x-run' }], breathe)).toMatchObject({ split: 1, joined: 0 });
  });

  test('the preview parts two clients of one credential as the analysis does, with keys and without', async () => {
    const text = `
      00:00.0  service:partner  GET  api.acme.test/orders  200  ip=192.0.2.9 ua=portal/2.1 cred=key  => $.order=ord_7f3a9c21
      00:05.0  service:partner  GET  api.acme.test/orders/ord_7f3a9c21  200  tpl=/orders/{id} ip=185.199.233.77 ua=python-requests/2.32 cred=key
      00:10.0  service:partner  GET  api.acme.test/c  200  ip=192.0.2.9 ua=portal/2.1 cred=key
      00:15.0  service:partner  GET  api.acme.test/d  200  ip=185.199.233.77 ua=python-requests/2.32 cred=key
      00:20.0  service:partner  GET  api.acme.test/e  200  ip=192.0.2.9 ua=portal/2.1 cred=key
      00:25.0  service:partner  GET  api.acme.test/f  200  ip=192.0.2.9 ua=portal/2.1 cred=key`;
    const lines = headers(['x-run: p', '', '', '', 'x-run: p', '']);
    for (const [keys, expected] of [
      [[], ['1 3 5 6', '2 4']],
      // What a key holds together is nobody's party: a value may join it with the other client's work.
      [[{ kind: 'header', name: 'x-run' }], ['1 2 4 5', '3 6']],
    ] as const) {
      const { preview, chains } = await chainsBy(keys, text, lines);
      expect(chains).toEqual(expected);
      expect(preview.after).toMatchObject({ chains: 2, calls: 6, largest: 4 });
    }
  });

  test('are set through the log, make the analysis out of date, and are taken back by Undo', () => {
    const { db } = caseFromText(TEXT);
    const { entry } = makeChange(db, { kind: 'session-keys', keys: [{ kind: 'cookie', name: 'sid' }] }, AT);
    expect(readSessionKeys(db)).toEqual({ keys: [{ kind: 'cookie', name: 'sid' }], at: AT });
    expect(caseInfo(db).analyzed).toBe(false);
    expect(makeChange(db, { kind: 'session-keys', keys: [{ kind: 'cookie', name: 'sid' }] }, AT)).toEqual({ entry: 0, changed: 0 });
    const second = makeChange(db, { kind: 'session-keys', keys: [] }, AT);
    expect(() => undoEntry(db, entry, AT)).toThrow(/changed again since/);
    undoEntry(db, second.entry, AT);
    expect(readSessionKeys(db).keys).toHaveLength(1);
    undoEntry(db, entry, AT);
    expect(readSessionKeys(db)).toEqual({ keys: [] });
    expect(chainsPass.inputs?.(db)).toBe('');
  });

  test('no value of a key is written into the case', async () => {
    const { db } = await chainsBy(
      [{ kind: 'header', name: 'x-session' }],
      TEXT,
      headers(['x-session: canary-77', 'x-session: canary-77', '', '', '']),
    );
    const log = db.prepare('SELECT effect || text AS text FROM review_log').all<{ text: string }>();
    const passes = db.prepare('SELECT detail AS text FROM pass_state').all<{ text: string }>();
    expect([...log, ...passes].some(({ text }) => text.includes('canary'))).toBe(false);
  });
});

test('a key on an inner hop counts for the call that led to it, unless that has its own', () => {
  const keys = Float64Array.from([0, 7, 5, 9]);
  spreadKeys(keys, Int32Array.from([-1, 0, -1, 2]));
  expect([...keys]).toEqual([7, 7, 5, 9]);
});
