import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { makeSample, SAMPLE_NAME } from '#test/support/sample/bundle.ts';
import { ALL_SCOPES } from '#test/support/sample/operations.ts';

const sample = makeSample();
const { truth } = sample;

function textOf(path: string): string {
  const file = sample.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new RangeError(`no ${path}`);
  return file.text;
}

const lines = (path: string): readonly string[] => textOf(path).trimEnd().split('\n');
const pathOf = (ref: string): string => ref.slice(SAMPLE_NAME.length + 1, ref.lastIndexOf('#'));
const har = (): { readonly log: { readonly entries: readonly HarEntry[] } } => JSON.parse(textOf('agent-host/support-agent.har')) as never;

interface HarEntry {
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly postData?: { readonly text: string };
    readonly headers: readonly { readonly name: string; readonly value: string }[];
  };
  readonly response: { readonly status: number; readonly content: { readonly text: string } };
}

interface KongLine {
  readonly request: { readonly method: string; readonly uri: string; readonly headers: Readonly<Record<string, string>> };
  readonly response: { readonly status: number };
}

/** The record of a reference, found by counting alone. */
function recordAt(ref: string): string {
  const number = Number(ref.slice(ref.lastIndexOf('#') + 1));
  const found = pathOf(ref).endsWith('.har') ? JSON.stringify(har().log.entries[number - 1]) : lines(pathOf(ref))[number - 1];
  if (found === undefined) throw new RangeError(`no ${ref}`);
  return found;
}

const kongAt = (ref: string): KongLine => JSON.parse(recordAt(ref)) as KongLine;
const entryAt = (ref: string): HarEntry => JSON.parse(recordAt(ref)) as HarEntry;

test('the same seed gives the same bundle, another seed another one', () => {
  expect(makeSample()).toEqual(sample);
  expect(makeSample({ seed: 'other' }).files).not.toEqual(sample.files);
});

test('a larger scale has more shoppers and the same incident', () => {
  const large = makeSample({ scale: 2 });
  expect(large.truth.sources[0]?.records).toBeGreaterThan((truth.sources[0]?.records ?? 0) * 1.3);
  expect(large.truth.incident.calls).toHaveLength(truth.incident.calls.length);
});

test('the records of each log are as many as the truth says, about twenty thousand together', () => {
  const logs = truth.sources.filter(({ format }) => format !== 'openapi');
  for (const source of logs) {
    const path = source.name.slice(SAMPLE_NAME.length + 1);
    expect(path.endsWith('.har') ? har().log.entries.length : lines(path).length, path).toBe(source.records);
    expect(source.accepted + source.rejected).toBe(source.records);
  }
  const total = logs.reduce((sum, { accepted }) => sum + accepted, 0);
  expect(total).toBeGreaterThan(18_000);
  expect(total).toBeLessThan(22_000);
});

test('exactly two records are broken, and every other line of the gateway is valid JSON', () => {
  expect(truth.rejected.map(({ code }) => code)).toEqual(['JSON_SYNTAX', 'LINE_SHAPE']);
  const broken = lines('kong/gateway.jsonl').flatMap((line, index) => {
    try {
      JSON.parse(line);
      return [];
    } catch {
      return [`${SAMPLE_NAME}!kong/gateway.jsonl#${String(index + 1)}`];
    }
  });
  expect(broken).toEqual([truth.rejected[0]?.ref]);
  const combined = /^\S+ - - \[\d\d\/Oct\/2026:\d\d:\d\d:\d\d \+0[12]00\] "[A-Z]+ \S+ HTTP\/1\.1" \d{3} \d+ "[^"]*" "[^"]*"$/;
  const odd = lines('nginx/access.log').flatMap((line, index) =>
    combined.test(line) ? [] : [`${SAMPLE_NAME}!nginx/access.log#${String(index + 1)}`],
  );
  expect(odd).toEqual([truth.rejected[1]?.ref]);
});

test('the incident asks for forty customers in a row, at least thirty of them never given to the agent', () => {
  const ids = truth.incident.customerIds;
  expect(ids).toHaveLength(40);
  expect(ids.map(Number)).toEqual(ids.map((_, index) => Number(ids[0]) + index));
  const first = Number((truth.incident.alsoSeenAs[truth.incident.enumerated[0] ?? ''] ?? '').split('#')[1]);
  const given = har()
    .log.entries.slice(0, first - 1)
    .map(({ response }) => response.content.text)
    .join('\n');
  expect(ids.filter((id) => !given.includes(id)).length).toBeGreaterThanOrEqual(30);
  expect(truth.incident.enumerated.map((ref) => kongAt(ref).request.uri)).toEqual(ids.map((id) => `/v1/customers/${id}`));
});

test('each proven edge carries a card number from the answer into the body that was sent away', () => {
  expect(truth.incident.provenEdges).toHaveLength(12);
  for (const { from, to } of truth.incident.provenEdges) {
    const twin = truth.incident.alsoSeenAs[from];
    const answer = entryAt(twin ?? '').response.content.text;
    const body = entryAt(to).request.postData?.text ?? '';
    const decoded = body.replace(/"rows":"([A-Za-z0-9+/=]+)"/, (_, data: string) => Buffer.from(data, 'base64').toString());
    const numbers = [...answer.matchAll(/"number":"(\d+)"/g)].map(([, digits]) => digits ?? '');
    expect(numbers.length).toBeGreaterThan(0);
    for (const digits of numbers) expect(decoded).toContain(digits);
  }
  expect(recordAt(truth.incident.sends[1] ?? '')).toContain('"encoding\\":\\"base64\\"');
});

test('every call of the incident to the shop stands in the gateway log and in the capture under one request id', () => {
  const twins = Object.entries(truth.incident.alsoSeenAs);
  expect(twins.length).toBeGreaterThan(55);
  for (const [gateway, capture] of twins) {
    const id = kongAt(gateway).request.headers['x-request-id'];
    expect(entryAt(capture).request.headers.find(({ name }) => name === 'x-request-id')?.value).toBe(id);
  }
});

test('the token of the support agent has every scope and lives three years', () => {
  const header = kongAt(truth.incident.ticket).request.headers['authorization'] ?? '';
  const claims = JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly scope: string;
    readonly iat: number;
    readonly exp: number;
    readonly act: { readonly sub: string };
  };
  expect(claims.scope.split(' ')).toEqual(ALL_SCOPES);
  expect(claims.exp - claims.iat).toBe(truth.token.lifetimeSeconds);
  expect(truth.token.lifetimeSeconds).toBe(1095 * 86_400);
  expect(claims.act.sub).toBe('support-agent');
});

test('one operation is in use and in no description; every other successful call to the API is described', () => {
  const specification = parse(textOf('specs/shop-api.yaml')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const known = Object.entries(specification.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase(), pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) })),
  );
  const shadows = lines('kong/gateway.jsonl').flatMap((line, index) => {
    const ref = `${SAMPLE_NAME}!kong/gateway.jsonl#${String(index + 1)}`;
    if (ref === truth.rejected[0]?.ref) return [];
    const { request, response } = JSON.parse(line) as KongLine;
    const path = request.uri.split('?')[0] ?? '';
    if (request.headers['host'] !== 'api.acme-outfitters.test' || response.status >= 400) return [];
    return known.some(({ method, pattern }) => method === request.method && pattern.test(path)) ? [] : [ref];
  });
  expect(shadows).toEqual(truth.shadow.calls);
  expect(shadows.length).toBeGreaterThan(20);
});

test('the key in the URLs of the carrier is later its credential in a header', () => {
  const keys = new Set(truth.secret.exposed.map((ref) => new URLSearchParams(kongAt(ref).request.uri.split('?')[1]).get('api_key')));
  expect(keys.size).toBe(1);
  expect(new Set(truth.secret.used.map((ref) => kongAt(ref).request.headers['x-api-key']))).toEqual(keys);
});

test('the look-alike goes out every night and carries no card', () => {
  const outward = truth.lookAlike.calls.map(recordAt).filter((record) => record.includes(truth.lookAlike.host));
  expect(outward).toHaveLength(7 * 3);
});

test('the sidecars are silent for forty minutes on Wednesday, and never otherwise by day', () => {
  const times = lines('envoy/sidecar.jsonl').map((line) => Date.parse((JSON.parse(line) as { readonly start_time: string }).start_time));
  const { from, to } = truth.gap;
  expect(times.filter((time) => time > Date.parse(from) && time < Date.parse(to) - 2000)).toEqual([]);
  expect(times.some((time) => time > Date.parse(from) - 10 * 60_000 && time < Date.parse(from))).toBe(true);
  expect(times.some((time) => time > Date.parse(to) && time < Date.parse(to) + 10 * 60_000)).toBe(true);
});

test('local stamps repeat an hour when summer time ends, and go on in true time', () => {
  const stamps = lines('nginx/access.log').map((line) => /\[([^\]]+)\]/.exec(line)?.[1] ?? '');
  expect(stamps.some((stamp) => stamp.startsWith('25/Oct/2026:02:3') && stamp.endsWith('+0200'))).toBe(true);
  expect(stamps.some((stamp) => stamp.startsWith('25/Oct/2026:02:3') && stamp.endsWith('+0100'))).toBe(true);
});

test('every host and address is reserved for examples, and every card number is one that providers publish for tests', () => {
  const text = sample.files
    .filter(({ path }) => !path.startsWith('specs/'))
    .map(({ text: content }) => content)
    .join('\n');
  const hosts = new Set([...text.matchAll(/https?:\/\/([a-z0-9.-]+)/g)].map(([, host]) => host ?? ''));
  expect([...hosts].filter((host) => !/\.(test|example)$/.test(host))).toEqual([]);
  const numbers = new Set([...text.matchAll(/number\\?":\\?"(\d{14,16})/g)].map(([, digits]) => digits ?? ''));
  expect(numbers.size).toBeGreaterThan(5);
  for (const digits of numbers) expect(passesLuhn(digits), digits).toBe(true);
});

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
