import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['token-replay-context'], text);
const owner = (from: number, count: number, ip = '10.8.0.20', ua = 'Firefox/143.0'): string =>
  Array.from({ length: count }, (_, index) => `00:${String(from + index).padStart(2, '0')}:00 human:ann GET api.acme.test/orders 200 cred=key-1 ip=${ip} ua=${ua}`).join('\n'); // prettier-ignore

test('another program in another network between two uses of the owner is a replay, with the stranger’s calls as evidence', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1 s=3
    00:06:20 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1 s=3
    ${owner(7, 2)}`);
  expect(findings).toMatchObject([
    {
      severity: 'critical',
      confidence: 'inferred',
      credentials: ['key-1'],
      calls: ['kong#7', 'kong#8'],
      observed: { owner: '10.8.0.0/24', others: ['192.0.2.0/24'], rounds: 1, shortestRoundSeconds: 120 },
    },
  ]);
  expect(findings[0]?.summary).toContain('after 6 calls from 10.8.0.0/24, 2 calls from 192.0.2.0/24');
});

test('two strange places of one credential are one finding', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    00:06:20 human:ann GET api.acme.test/cards 200 cred=key-1 ip=198.51.100.4 ua=curl/8.5.0
    ${owner(7, 2)}`);
  expect(findings).toMatchObject([{ observed: { others: ['192.0.2.0/24', '198.51.100.0/24'] } }]);
});

test('a third address with the thief’s program is the thief’s, though its owner did not come back after it', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2)}
    00:09:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=203.0.113.185 ua=Go-http-client/1.1
    00:09:20 human:ann GET api.acme.test/files 200 cred=key-1 ip=203.0.113.185 ua=Go-http-client/1.1
    00:09:30 human:ann GET api.acme.test/orders 200 cred=key-1 ip=198.51.100.4 ua=Firefox/143.0`);
  expect(findings).toMatchObject([
    {
      calls: ['kong#7', 'kong#10', 'kong#11'],
      observed: {
        others: ['192.0.2.0/24', '203.0.113.0/24'],
        newPlaces: ['203.0.113.0/24: the same program as in the other strange places, which the owner never used'],
        callsFromOthers: 3,
      },
    },
  ]);
});

test('a new place with another program is the thief’s when it calls what the thief called and the owner never did', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2)}
    ${[10, 11, 12].map((minute) => `00:${String(minute)}:00 human:ann GET api.acme.test/cards 200 cred=key-1 ip=203.0.113.185 ua=curl/8.5.0`).join('\n')}
    ${[13, 14, 15].map((minute) => `00:${String(minute)}:00 human:ann GET api.acme.test/orders 200 cred=key-1 ip=198.51.100.4 ua=Wget/1.24`).join('\n')}`);
  expect(findings[0]?.observed['newPlaces']).toEqual([
    '203.0.113.0/24: it called what the other strange places called and the owner never did, with a program that the owner never used',
  ]);
});

test('refused calls from the thief’s address under another name of the key are said and are evidence', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    00:06:20 human:acme GET hub.acme.test/accounts 403 in=kong-2 cred=key-2 ip=192.0.2.164 ua=Go-http-client/1.1
    00:06:30 human:acme GET hub.acme.test/accounts 429 in=kong-2 cred=key-2 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2)}`);
  expect(findings).toMatchObject([
    { credentials: ['key-2', 'key-1'], calls: ['kong#7', 'kong-2#1', 'kong-2#2'], observed: { callsFromOthers: 1 } },
  ]);
  expect(findings[0]?.observed['otherNames']).toEqual([
    expect.stringMatching(/^2 calls from the same addresses and programs with key-2 \(.*\), 2 of them refused$/),
  ]);
});

test('a credential that had the address before the thief came keeps it', async () => {
  const { findings } = await run(`00:00:00 human:bob GET api.acme.test/orders 200 cred=key-2 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(0, 6).replaceAll('00:0', '05:0')}
    05:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    05:06:20 human:bob GET api.acme.test/orders 403 cred=key-2 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2).replaceAll('00:0', '05:0')}`);
  expect(findings).toMatchObject([{ credentials: ['key-1'] }]);
});

test('it could be told when the owner came back, not when the stranger came', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2)}`);
  expect(findings[0]?.detectedAt).toBe('2026-10-01T00:07:00.000000Z');
});

test('all refused is one level lower', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 403 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1
    ${owner(7, 2)}`);
  expect(findings.map((finding) => finding.severity)).toEqual(['medium']);
});

test('the same telephone between home and a carrier that many use is none', async () => {
  const others = ['bob', 'cid', 'dan', 'eve']
    .map((name, index) => `00:30:0${String(index)} human:${name} GET api.acme.test/orders 200 cred=key-${name} ip=203.0.113.${String(index)} ua=Shop/5.1`)
    .join('\n'); // prettier-ignore
  const { findings } = await run(`${owner(0, 6, '198.51.100.9', 'Shop/5.1')}
    00:06:10 human:ann GET api.acme.test/orders 200 cred=key-1 ip=203.0.113.7 ua=Shop/5.1
    ${owner(7, 2, '198.51.100.9', 'Shop/5.1')}
    00:09:10 human:ann GET api.acme.test/orders 200 cred=key-1 ip=203.0.113.7 ua=Shop/5.1
    ${owner(10, 2, '198.51.100.9', 'Shop/5.1')}
    ${others}`);
  expect(findings).toEqual([]);
});

test('a traveller who does not come back is none, nor is an update of the program', async () => {
  expect((await run(`${owner(0, 6)}\n${owner(20, 4, '192.0.2.7', 'Firefox/143.0')}`)).findings).toEqual([]);
  expect((await run(`${owner(0, 6)}\n${owner(6, 1, '10.8.0.20', 'Firefox/144.0')}\n${owner(7, 3)}`)).findings).toEqual([]);
});

test('the gateway and the mesh behind it see one principal at two addresses', async () => {
  const { findings } = await run(`${owner(0, 6)}
    00:06:10 human:ann GET mesh.acme.test/orders 200 in=envoy cred=key-1 ip=172.20.0.3 ua=envoy/1.30
    ${owner(7, 2)}`);
  expect(findings).toEqual([]);
});

test('without addresses it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 cred=key-1')).notEvaluable).toEqual([
    {
      detector: 'token-replay-context',
      reason: 'no source shows a credential or a named principal together with the address that it came from',
    },
  ]);
});

/** The same program in two networks in turn, twice. */
const sameName = (there: string, here = 'tls=aa'): string => {
  const home = (minute: number): string =>
    `00:${String(minute).padStart(2, '0')}:00 human:ann GET api.acme.test/orders 200 cred=key-1 ip=198.51.100.9 ua=Shop/5.1 ${here}`;
  const away = (minute: number): string =>
    `00:${String(minute).padStart(2, '0')}:30 human:ann GET api.acme.test/orders 200 cred=key-1 ip=203.0.113.7 ua=Shop/5.1 ${there}`;
  const crowd = ['bob', 'cid'].map(
    (name) => `00:30:00 human:${name} GET api.acme.test/orders 200 cred=key-${name} ip=203.0.113.9 ua=Shop/5.1`,
  );
  return [...[0, 1, 2, 3, 4, 5].map(home), away(5), home(6), away(6), home(7), ...crowd].join('\n');
};

test('the same program name with another TLS client is another program', async () => {
  const { findings } = await run(sameName('tls=bb'));
  expect(findings).toMatchObject([{ confidence: 'inferred', observed: { rounds: 2, ownerTls: ['ja4 aa'], otherTls: ['ja4 bb'] } }]);
  expect(JSON.stringify(findings[0]?.benignTested)).toContain('the TLS client is another one');
});

test('the same TLS client, or none that is known, leaves it at one program on the move', async () => {
  expect((await run(sameName('tls=aa'))).findings).toEqual([]);
  expect((await run(sameName(''))).findings).toEqual([]);
});

const at = (minute: number, who: string, ip: string, options = ''): string =>
  `00:${String(minute).padStart(2, '0')}:00 ${who} GET api.acme.test/orders 200 ip=${ip} ua=Shop/5.1 ${options}`;
const neighbours = ['bob', 'cid', 'dan', 'eve', 'fay', 'gil'].map((name, index) => at(30, `human:${name}`, `203.0.113.${String(index)}`));

test('a principal whose log shows no credential, in turn at two addresses of a network of strangers, is told by its name', async () => {
  const { findings } = await run(
    [...neighbours, ...[0, 1, 3, 5].map((minute) => at(minute, 'human:ann', '203.0.113.48')), ...[2, 4].map((minute) => at(minute, 'human:ann', '203.0.113.31'))].join('\n'),
  );
  expect(findings).toEqual([]);
  const again = await run(
    [...neighbours, ...[0, 1, 3, 5, 7].map((minute) => at(minute, 'human:ann', '203.0.113.48')), ...[2, 4, 6].map((minute) => at(minute, 'human:ann', '203.0.113.31'))].join('\n'),
  );
  expect(again.findings).toMatchObject([{ severity: 'medium', credentials: [], observed: { home: '203.0.113.48', elsewhere: '203.0.113.31', rounds: 3 } }]);
}); // prettier-ignore

test('in a network whose principals change their addresses it is one place', async () => {
  const movers = ['bob', 'cid', 'dan'].map((name, index) => at(31, `human:${name}`, `203.0.113.${String(index + 60)}`));
  const { findings } = await run(
    [...neighbours, ...movers, ...[0, 1, 3, 5, 7].map((minute) => at(minute, 'human:ann', '203.0.113.48')), ...[2, 4, 6].map((minute) => at(minute, 'human:ann', '203.0.113.31'))].join('\n'),
  );
  expect(findings).toEqual([]);
}); // prettier-ignore

const service = (count: number, from: number, ip: string): string =>
  Array.from({ length: count }, (_, index) => {
    const minute = from + index * 20;
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00 service:sync GET api.acme.test/orders 200 cred=key-9 ip=${ip} ua=sync/2`;
  }).join('\n');

test('a key that was always at home and turns up elsewhere, while it goes on at home, is told', async () => {
  const { findings } = await run(`${service(66, 0, '198.51.100.9')}\n${service(3, 1205, '192.0.2.7')}`);
  expect(findings).toMatchObject([{ severity: 'medium', credentials: ['key-9'], expected: { callsBefore: 61 }, calls: ['kong#67', 'kong#68', 'kong#69'] }]);
}); // prettier-ignore

test('a key that moves, or has two homes, is none', async () => {
  expect((await run(`${service(60, 0, '198.51.100.9')}\n${service(6, 1205, '192.0.2.7')}`)).findings).toEqual([]);
  expect((await run(`${service(66, 0, '198.51.100.9')}\n${service(30, 605, '192.0.2.7')}`)).findings).toEqual([]);
});

test('one short visit to IPv6 among uses of IPv4 alone is another machine; an address that stays in use is a second stack', async () => {
  const visit = await run(`${service(66, 0, '198.51.100.9')}\n${service(3, 1025, '2001:db8:7::1')}`);
  expect(visit.findings).toMatchObject([{ credentials: ['key-9'], calls: ['kong#67', 'kong#68', 'kong#69'] }]);
  const both = [1025, 1105, 1185].map((from) => service(1, from, '2001:db8:7::1')).join('\n');
  expect((await run(`${service(66, 0, '198.51.100.9')}\n${both}`)).findings).toEqual([]);
  expect((await run(`${service(66, 0, '198.51.100.9')}\n${service(3, 1245, '2001:db8:7::1')}`)).findings).toEqual([]);
});

/** One session of a person: minutes at home, then a token that takes turns with another place of a crowd; `there` is that place. */
const oneToken = (there: string, token: (at: 'home' | 'there') => string, moved = '198.51.100.48'): string => {
  const crowd = ['bob', 'cid', 'dan', 'eve', 'fay', 'gil'].flatMap((name, index) => [
    at(30, `human:${name}`, `198.51.100.${String(index)}`, `cred=${name}`),
    ...(index < 2 ? [at(31, `human:${name}`, '192.0.2.9', `cred=${name}`), at(33, `human:${name}`, `198.51.100.${String(index)}`, `cred=${name}`)] : []),
  ]);
  const home = [0, 1, 2, 3, 4, 6].map((minute) => at(minute, 'human:ann', '198.51.100.48', `cred=${token('home')}`));
  const later = [8, 10].map((minute) => at(minute, 'human:ann', moved, `cred=${token('home')}`));
  const away = [5, 7, 9].map((minute) => at(minute, 'human:ann', there, `cred=${token('there')}`));
  return [...crowd, ...home, ...away, ...later].join('\n');
}; // prettier-ignore

test('one token in turn at home and elsewhere is told also where the home is a network of strangers, and where its owner moves on meanwhile', async () => {
  for (const moved of ['198.51.100.48', '203.0.113.7'])
    expect((await run(oneToken('192.0.2.31', () => 'jwt-1', moved))).findings).toMatchObject([
      { severity: 'medium', observed: { others: ['192.0.2.0/24'], callsFromOthers: 3, rounds: 3 } },
    ]);
});

test('a telephone and a desk with a token each are in two places, and no theft', async () => {
  expect((await run(oneToken('192.0.2.31', (place) => (place === 'home' ? 'jwt-1' : 'jwt-2')))).findings).toEqual([]);
});

test('where the owner had moved before, the place that came last of those in turn is the stranger’s', async () => {
  const owner = [...[0, 1, 2].map((minute) => at(minute, 'human:ann', '203.0.113.48')), ...[4, 5, 7, 9, 11].map((minute) => at(minute, 'human:ann', '203.0.113.31'))]; // prettier-ignore
  const thief = [6, 8, 10].map((minute) => at(minute, 'human:ann', '192.0.2.7'));
  const { findings } = await run([...neighbours, ...owner, ...thief].join('\n'));
  expect(findings).toMatchObject([{ observed: { elsewhere: '192.0.2.0/24', callsFromElsewhere: 3 } }]);
});

/** A key in three regions in turn, a call every two minutes. */
const watched = (path: (index: number) => string): string =>
  Array.from({ length: 60 }, (_, index) => {
    const [hour, minute] = [Math.floor(index / 30), (index % 30) * 2];
    return `0${String(hour)}:${String(minute).padStart(2, '0')}:00 service:probe GET api.acme.test/${path(index)} 200 cred=key-1 ip=${['198.51.100.7', '192.0.2.9', '203.0.113.5'][index % 3] ?? ''} ua=Synthetics`;
  }).join('\n');

test('a metronome that asks for one thing from all its places is a monitor; with other things in between it is not', async () => {
  expect(
    (
      await detect(
        ['token-replay-context'],
        watched(() => 'health'),
      )
    ).findings,
  ).toEqual([]);
  expect(
    (
      await detect(
        ['token-replay-context'],
        watched((index) => (index % 5 === 0 ? 'orders' : 'health')),
      )
    ).findings,
  ).toHaveLength(1);
});

/** One token between home and an address of a network by which two telephones go to and fro; `there` is that address. */
const besidePhones = (there: string, phones: string): string => {
  const phone = (name: string, index: number): readonly string[] =>
    [20, 22, 24].map((minute) => at(minute, `human:${name}`, `198.51.100.${String(index)}`, `cred=${name}`)).concat(
      [21, 23].map((minute) => at(minute, `human:${name}`, phones === 'own' ? `203.0.113.${String(90 + index)}` : phones, `cred=${name}`)),
    );
  const ann = [0, 1, 3, 5, 7].map((minute) => at(minute, 'human:ann', '198.51.100.48', 'cred=jwt-1')).concat([2, 4, 6].map((minute) => at(minute, 'human:ann', there, 'cred=jwt-1')));
  return [...['bob', 'cid', 'dan'].flatMap(phone), ...ann].join('\n');
}; // prettier-ignore

test('telephones that go by a carrier’s address explain who goes by the same one, not an address that nobody else came by', async () => {
  const found = async (there: string, phones: string): Promise<number> => (await run(besidePhones(there, phones))).findings.length;
  expect(await found('203.0.113.248', '203.0.113.4')).toBe(1);
  expect(await found('203.0.113.4', '203.0.113.4')).toBe(0);
  // Two lines of one house, as others have them there as well.
  expect(await found('203.0.113.248', 'own')).toBe(0);
});

test('rounds go on while the owner moves to a third network', async () => {
  const owner = [0, 1, 3].map((minute) => at(minute, 'human:ann', '198.51.100.48', 'cred=jwt-1')).concat([5, 7].map((minute) => at(minute, 'human:ann', '192.0.2.9', 'cred=jwt-1'))); // prettier-ignore
  const thief = (...minutes: readonly number[]): readonly string[] => minutes.map((minute) => at(minute, 'human:ann', '203.0.113.31', 'cred=jwt-1'));
  expect((await run([...owner, ...thief(2, 4, 6)].join('\n'))).findings).toMatchObject([{ observed: { others: ['203.0.113.0/24'], rounds: 3, callsFromOthers: 3 } }]);
  expect((await run([...owner, ...thief(2, 4)].join('\n'))).findings).toEqual([]);
}); // prettier-ignore

test('who stands in the list of principals with its addresses is the owner there, though the thief was seen first', async () => {
  const steps = (from: number, ip: string, ua: string, path: string): string =>
    [0, 1, 2].map((index) => `00:${String(from + index).padStart(2, '0')}:00 service:acme GET api.acme.test/${path} 200 cred=key-1 ip=${ip} ua=${ua}`).join('\n'); // prettier-ignore
  const stolen = [
    steps(0, '94.210.12.144', 'curl/8.5.0', 'cards'),
    steps(3, '185.109.216.41', 'acme-sync/2', 'orders'),
    steps(6, '94.210.12.144', 'curl/8.5.0', 'cards'),
    steps(9, '198.51.100.9', 'acme-sync/2', 'orders'),
  ].join('\n');
  const listed = await detect(['token-replay-context'], stolen, {}, ({ db }) => {
    const addresses = ['185.109.216.41', '198.51.100.0/28'];
    db.prepare("UPDATE principal SET traits = ? WHERE kind = 'service'").run(JSON.stringify({ list: 'owners.csv', addresses }));
  });
  expect(listed.findings).toMatchObject([
    {
      calls: ['kong#1', 'kong#2', 'kong#3', 'kong#7', 'kong#8', 'kong#9'],
      observed: { owner: '185.109.216.0/24', others: ['94.210.12.0/24'] },
    },
  ]);
  expect(listed.findings[0]?.summary).toContain('its owner is at 185.109.216.0/24 by the list of principals');
  const unlisted = await run(stolen);
  expect(unlisted.findings.map(({ observed }) => observed['owner'])).not.toContain('185.109.216.0/24');
});

test('going between two listed addresses is nothing', async () => {
  const between = `${owner(0, 6)}
    00:06:10 human:ann GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.164 ua=Go-http-client/1.1 s=3
    ${owner(7, 2)}`;
  const { findings } = await detect(['token-replay-context'], between, {}, ({ db }) => {
    db.prepare('UPDATE principal SET traits = ?').run(JSON.stringify({ addresses: ['10.8.0.20', '192.0.2.164'] }));
  });
  expect(findings).toEqual([]);
});

test('a telephone by two ways that shows its owner’s own things is no alarm; for one thing more it is', async () => {
  const phone = (text: string): string => text.replaceAll(/ua=\S+/g, 'ua=Shop/5.1+Mobile');
  const [before, own] = [oneToken('192.0.2.31', () => 'jwt-1'), phone(oneToken('192.0.2.31', () => 'jwt-1'))];
  expect((await run(before)).findings).toMatchObject([{ severity: 'medium' }]);
  expect((await run(own)).findings).toMatchObject([{ severity: 'info' }]);
  const more = `${own}\n00:09:30 human:ann GET api.acme.test/payslips/18 200 cred=jwt-1 ip=192.0.2.31 ua=Shop/5.1+Mobile`;
  expect((await run(more)).findings).toMatchObject([{ severity: 'medium' }]);
});

/** A session in turn at the desk and in another program elsewhere. */
const session = (day: number, hour: number, name: string): string =>
  Array.from({ length: 8 }, (_, at) => `${String(day)}+${String(hour).padStart(2, '0')}:0${String(at)}:00 human:ann GET api.acme.test/orders/${name} 200 cred=${name} ${at === 6 ? 'ip=198.51.100.9 ua=App/3' : 'ip=10.8.0.20 ua=Firefox/143.0'}`).join('\n'); // prettier-ignore
const asSessions = (made: { readonly db: { exec: (sql: string) => void } }): void => {
  made.db.exec("UPDATE credential SET kind = 'session'");
};

test('sessions of a person that go on in the same two places day by day are of two devices; four of them in one hour are not', async () => {
  const daily = [1, 2, 3, 4, 5].map((day) => session(day, 9, `s-${String(day)}`)).join('\n');
  const atOnce = [9, 10, 11, 12, 13].map((hour) => session(1, hour, `s-${String(hour)}`)).join('\n');
  expect((await detect(['token-replay-context'], daily, {}, asSessions)).findings).toEqual([]);
  expect((await detect(['token-replay-context'], atOnce, {}, asSessions)).findings).not.toEqual([]);
});

test('two networks of one program on every day are its home, and a third that comes later is the other place', async () => {
  const days = Array.from({ length: 7 }, (_, day) => day);
  const home = days.flatMap((day) =>
    ['203.0.113.4', '198.51.100.7', '203.0.113.4'].map(
      (ip, at) =>
        `${String(day)}+0${String(1 + ((day * 5) % 7))}:${String(10 + ((day * 7) % 11) + at * (2 + (day % 3)))}:00 service:sync GET api.acme.test/${['orders', 'items', 'stock'][(day + at) % 3] ?? ''} 200 cred=key-1 ip=${ip} ua=sync/2.1`,
    ),
  );
  expect((await run(home.join('\n'))).findings).toEqual([]);
  const { findings } = await run(
    [...home, '4+07:18:30 service:sync GET api.acme.test/cards 200 cred=key-1 ip=192.0.2.9 ua=python-requests/2.32'].join('\n'),
  );
  expect(findings).toMatchObject([{ calls: [expect.any(String)], observed: { others: ['192.0.2.0/24'] } }]);
});

/** One token of ann's at the desk and on the telephone in turn, on two days; `asked` is what the telephone asks for. */
const devices = (asked: (day: number, turn: number) => string, phone = 'Shop/5.1+(iPhone;+iOS+18.5)'): string =>
  [0, 1].flatMap((day) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((turn) => `${String(day)}+19:0${String(turn)}:00 human:ann GET api.acme.test/${turn % 2 === 0 ? `orders/${String(710 + (turn % 3))}` : asked(day, turn)} 200 cred=jwt-1 ${turn % 2 === 0 ? 'ip=198.51.100.48 ua=Mozilla/5.0+(Windows+NT+10.0)+Firefox/143.0' : `ip=203.0.113.31 ua=${phone}`}`))
    .concat([3, 4, 5].map((hour) => `0+0${String(hour)}:00:00 human:bob GET api.acme.test/orders/990 200 cred=jwt-2 ip=198.51.100.90 ua=Mozilla/5.0+Firefox/143.0`)).join('\n'); // prettier-ignore

test('a telephone and a desk that ask for one person’s own things only are low at most', async () => {
  const alike = devices((day, turn) => `orders/${String(720 + day * 10 + turn)}`)
    .replaceAll('+(', ' (')
    .replaceAll(' (', '_(');
  const found = (await run(alike)).findings;
  expect(found).toMatchObject([{ severity: 'low', principals: ['p-ann'] }]);
  expect(found[0]?.benignTested).toContainEqual({
    explanation: 'a second device of the same person',
    result: 'likely: both places ask for the same person’s own things only, which nobody else asks for',
  });
});

test.each([
  ['another person’s thing', devices(() => 'orders/990')],
  ['what the desk never asks for', devices(() => 'cards/12')],
  ['a script', devices((day, turn) => `orders/${String(720 + day * 10 + turn)}`, 'python-requests/2.32')],
])('with %s it stays an alarm', async (_, text) => {
  const [first] = (await run(text.replaceAll('+(', '_('))).findings;
  expect(['medium', 'high', 'critical']).toContain(first?.severity);
});
