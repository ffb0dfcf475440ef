import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['two-sided-mismatch'], text);

/** Eight requests that a browser recorded and the gateway logged 1.2 s later by its clock, three minutes apart. */
const visit = (who = 'human:ann', ua = 'Firefox/143.0', ip = '198.51.100.9'): string =>
  Array.from({ length: 8 }, (_, index) => {
    const minute = String(index * 3).padStart(2, '0');
    return `00:${minute}:00.0 ${who} GET api.acme.test/orders/${String(index)} 200 in=har cred=key-1 ua=${ua}
      00:${minute}:01.2 ${who} GET api.acme.test/orders/${String(index)} 200 cred=key-1 ip=${ip} ua=${ua} answer=${String(400 + index)}`;
  }).join('\n');

const strangers = (count: number, options: string, who = 'human:ann'): string =>
  Array.from({ length: count }, (_, index) => `00:0${String(index + 1)}:30.0 ${who} GET api.acme.test/cards/${String(index)} 200 cred=key-1 ${options}`).join('\n'); // prettier-ignore

test('calls with the recorded credential from elsewhere that the recording does not hold are a second user', async () => {
  const { findings } = await run(`${visit()}\n${strangers(4, 'ip=192.0.2.164 ua=Firefox/143.0 s=3')}`);
  expect(findings).toMatchObject([
    {
      severity: 'critical',
      confidence: 'inferred',
      credentials: ['key-1'],
      calls: ['kong#9', 'kong#10', 'kong#11', 'kong#12'],
      observed: { capture: 'har', logs: ['kong'], matchRate: 1, matched: 8, skewMs: [1200], ownPlaces: ['198.51.100.9'] },
    },
  ]);
  expect(findings[0]?.summary).toContain('Somebody else used key-1 of ann: kong shows 4 calls from 192.0.2.164');
});

test('another credential of the recorded account is named, not the one that the recording shows', async () => {
  const other = strangers(4, 'ip=192.0.2.164 ua=Firefox/143.0').replaceAll('cred=key-1', 'cred=key-2');
  const { findings } = await run(`${visit()}\n${other}`);
  expect(findings).toMatchObject([{ credentials: ['key-2'], calls: ['kong#9', 'kong#10', 'kong#11', 'kong#12'] }]);
});

test('another machine of the same network is told one level lower', async () => {
  const { findings } = await run(`${visit()}\n${strangers(4, 'ip=198.51.100.240 ua=Firefox/143.0')}`);
  expect(findings).toMatchObject([{ severity: 'medium', confidence: 'suspected' }]);
});

test('what the recording missed from the same place is a hole in it', async () => {
  expect((await run(`${visit()}\n${strangers(4, 'ip=198.51.100.9 ua=Firefox/143.0')}`)).findings).toEqual([]);
});

test('what was called before the recording began or after it ended is none', async () => {
  const late = Array.from({ length: 6 }, (_, index) => `00:4${String(index)}:00 human:ann GET api.acme.test/cards/${String(index)} 200 cred=key-1 ip=192.0.2.164`).join('\n'); // prettier-ignore
  expect((await run(`${visit()}\n${late}`)).findings).toEqual([]);
});

test('two stray calls may be records that were lost', async () => {
  expect((await run(`${visit()}\n${strangers(2, 'ip=192.0.2.164 ua=Firefox/143.0')}`)).findings).toEqual([]);
});

test('what the gateway was asked behind a recorded call is nobody else’s', async () => {
  const passedOn = Array.from(
    { length: 4 },
    (_, index) =>
      `00:0${String(index * 3)}:01.21 service:cart GET api.acme.test/stock/${String(index)} 200 cred=key-1 ip=10.0.0.7 ua=cart/2 dur=10 id=r${String(index)}`,
  ).join('\n');
  const traced = visit().split('\n').map((line) => line.trim().replace(/^(00:0([0369]):01\.2 .*)$/, (_, whole: string, minute: string) => `${whole} id=r${String(Number(minute) / 3)} dur=200`)).join('\n'); // prettier-ignore
  const { findings } = await run(`${traced}\n${passedOn}`);
  expect(findings).toEqual([]);
});

test('the workers of one service share its key in one network', async () => {
  const { findings } = await run(`${visit('agent:bot', 'bot/1.0', '10.8.0.20')}\n${strangers(6, 'ip=10.8.0.31 ua=bot/1.0', 'agent:bot')}`);
  expect(findings).toEqual([]);
});

test('a key of a program that another place used long before is one that is shared', async () => {
  const before = Array.from({ length: 12 }, (_, index) => `00:00:${String(index).padStart(2, '0')} agent:bot GET api.acme.test/jobs 200 cred=key-1 ip=192.0.2.164 ua=job/3`).join('\n'); // prettier-ignore
  const later = `${visit('agent:bot', 'bot/1.0')}\n${strangers(5, 'ip=192.0.2.164 ua=job/3', 'agent:bot')}`.replaceAll(/^\s*00:/gm, '01:');
  expect((await run(`${before}\n${later}`)).findings).toEqual([]);
});

test('an endpoint that answers the recorded client and that the log never shows is a way around the gateway', async () => {
  const around = Array.from({ length: 3 }, (_, index) => `00:${String(index * 3 + 1)}:10.0 human:ann GET api.acme.test/internal/${String(index)} 200 in=har cred=key-1 ua=Firefox/143.0`).join('\n'); // prettier-ignore
  const { findings } = await run(`${visit()}\n${around}`);
  expect(findings).toMatchObject([{ severity: 'low', calls: ['har#9', 'har#10', 'har#11'] }]);
  expect(findings[0]?.title).toContain('GET api.acme.test/internal/{id}');
});

test('one side alone cannot be compared', async () => {
  const reasonFor = async (text: string): Promise<readonly string[]> => (await run(text)).notEvaluable.map(({ reason }) => reason);
  expect(await reasonFor('00:00 human:ann GET api.acme.test/orders 200 cred=key-1')).toEqual(['the case holds no capture of a client (HAR)']);
  expect(await reasonFor('00:00 human:ann GET api.acme.test/orders 200 in=har cred=key-1')).toEqual(['no log saw the same traffic as a capture']);
  expect(await reasonFor(visit().replaceAll(/(:01\.2 .*) cred=key-1/g, '$1'))).toEqual(['no log beside a capture shows credentials or accounts']);
}); // prettier-ignore
