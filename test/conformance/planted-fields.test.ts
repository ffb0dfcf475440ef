/** Secrets in every text of every record of logs and traces, as people, programs and agents write them: none passes the masking door. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { isJsonObject } from '#shared/lib/json.ts';
import { seededRandom } from '#test/support/large/random.ts';
import { readAll, toBytes } from '#test/support/read-evidence.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** Formats whose records are objects of JSON; the fixture of each is its own. */
const FORMATS = ['langsmith', 'claude-code', 'okta-system-log', 'github-audit', 'gcp-audit', 'entra-sign-in', 'azure-apim', 'k8s-audit'];

const random = seededRandom('planted fields');
const password = (): string => `Pw${random.base32(12)}7x`;
const key = (): string => random.hex(32);
/** What a text says behind its own words, by the way it says it. */
const WAYS: readonly ((secret: string) => string)[] = [
  (s) => ` password=${s}`,
  (s) => ` Authorization: Bearer ${s}`,
  (s) => ` https://shop.example/cb?access_token=${s}&a=1`,
  (s) => ` https://ann:${s}@shop.example/`,
  (s) => ` {"password":"${s}"}`,
  (s) => String.raw` curl -d "{\"password\":\"${s}\"}"`,
  (s) => ` -H "X-Api-Key: ${s}"`,
  (s) => ` cli login --password ${s} --host db1`,
  (s) => ` curl -u admin:${s} https://shop.example/a`,
  (s) => ` mysql -u root -p${s} shop`,
  (s) => ` ALTER USER ann IDENTIFIED BY '${s}';`,
  (s) => ` machine shop.example login ann password ${s} `,
  (s) => ` aws configure set aws_secret_access_key ${s}`,
];
/** Texts that say what the record is; changed, it would be another one or none. */
const FIXED = /time|published|date|dotted|^@type$|^type$|run_type|^action$|eventType|category$|^method$|verb|stage|kind|apiVersion/i;

type Place = readonly (string | number)[];

function* textsOf(value: unknown, place: Place = []): Generator<Place> {
  if (typeof value === 'string') {
    if (!FIXED.test(String(place.at(-1)))) yield place;
  } else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsOf(item, [...place, index]);
  else if (isJsonObject(value)) for (const [name, item] of Object.entries(value)) yield* textsOf(item, [...place, name]);
}

/** The record once more, with words behind the text at a place. */
function withWords(value: unknown, [step, ...rest]: Place, words: string): unknown {
  if (step === undefined) return String(value) + words;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? withWords(item, rest, words) : item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === step ? withWords(item, rest, words) : item]));
}

/** The records of a fixture: its lines, or the list that it is or holds. */
function recordsOf(text: string): readonly unknown[] {
  try {
    const whole = JSON.parse(text) as unknown;
    const list: unknown = isJsonObject(whole) ? Object.values(whole).find((each) => Array.isArray(each)) : whole;
    return Array.isArray(list) ? (list as readonly unknown[]) : [];
  } catch {
    // Lines of JSON, not one value.
    return text.trim().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
  }
}

const files = FORMATS.flatMap((format) =>
  readdirSync(join(FIXTURES, format))
    .filter((name) => /\.(?:nd)?jsonl?$/.test(name))
    .map((name) => [format, name] as const),
);

/** What may be kept of everything that a text is read to. */
async function keptOf(text: string, name: string): Promise<{ readonly calls: number; readonly kept: string }> {
  const { importer } = recognize(toBytes(text).subarray(0, 64 * 1024), name);
  if (importer === undefined) throw new Error(`${name} is not recognised any more`);
  const intake = createIntake(nodeCrypto, new Uint8Array(32).fill(3));
  let calls = 0;
  const kept: unknown[] = [];
  for (const item of await readAll(importer, text, { name })) {
    if (item.kind === 'call') {
      calls += 1;
      const { credential: _fingerprint, ...masked } = intake.maskCall(item.call, item.row);
      kept.push(masked);
    } else if (item.kind === 'issue') kept.push(intake.maskText(item.excerpt, item.row), intake.maskText(item.message));
    else if (item.kind === 'trace') kept.push(intake.maskTrace(item.trace));
  }
  return { calls, kept: JSON.stringify(kept) };
}

test.each(files)('%s, %s: no secret in any of its texts is kept, however it is escaped', async (format, name) => {
  const planted: { readonly place: string; readonly secret: string }[] = [];
  const lines: string[] = [];
  for (const record of recordsOf(readFileSync(join(FIXTURES, format, name), 'utf8')))
    for (const place of textsOf(record)) {
      const index = planted.length;
      const secret = index % 2 === 0 ? password() : key();
      planted.push({ place: `${place.join('.')} ${String(index % WAYS.length)}`, secret });
      lines.push(JSON.stringify(withWords(record, place, WAYS[index % WAYS.length]?.(secret) ?? '')));
    }
  const text = lines.join('\n');
  // As .NET writes JSON, which gateways of its makers do.
  const escaped = text
    .replaceAll(String.raw`\"`, String.raw`\u0022`)
    .replaceAll('=', String.raw`\u003D`)
    .replaceAll('&', String.raw`\u0026`);
  for (const spelled of [text, escaped]) {
    const { calls, kept } = await keptOf(spelled, name);
    expect(calls).toBeGreaterThan(planted.length / 20);
    expect(planted.filter(({ secret }) => kept.includes(secret)).map(({ place }) => place)).toEqual([]);
  }
});
