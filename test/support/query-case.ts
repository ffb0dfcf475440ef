import type { SqlDriver, SqlValue } from '#shared/engine/store/driver.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { callReader, everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { detailPacker } from '#shared/engine/reading/details.ts';
import type { StoredBody, StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import { memoryCase, testCodec } from './case.ts';
import { words } from './query-arbitrary.ts';
import { SOURCE_FORMATS } from './query-sources.ts';
import type { Json } from '#shared/lib/json.ts';
import { seeded } from './seeded.ts';
import type { QueryRow } from './query-evaluator.ts';

/** Credentials of a random case, by their numbers: what their records hold, and what the query language says of it. */
const CREDENTIALS: readonly {
  readonly auth: string;
  readonly claims?: Json;
  readonly said: Pick<QueryRow, 'auth' | 'session' | 'scopes'>;
}[] = [
  { auth: 'jwt', claims: { sid: '42', scope: 'users agent' }, said: { auth: 'jwt', session: '42', scopes: ['users', 'agent'] } },
  { auth: 'session', said: { auth: 'session', session: 'session-2' } },
  { auth: 'api-key', said: { auth: 'api-key' } },
  { auth: 'jwt', claims: { scp: ['users', '7'], permissions: 'users' }, said: { auth: 'jwt', scopes: ['users', '7'] } },
];

/** Headers and bodies of a random call: some absent, some JSON. */
function randomDetail(random: () => number, word: () => string): StoredDetail {
  const json = (): string =>
    JSON.stringify({
      user: { id: random() < 0.5 ? word() : Math.floor(random() * 50), ok: true },
      items: [{ name: word() }, { name: [word(), null] }, word()].slice(Math.floor(random() * 3)),
      'a-b': random() < 0.5 ? null : word(),
    });
  const body = (): StoredBody | undefined =>
    random() < 0.4 ? undefined : { text: random() < 0.7 ? json() : `${word()} ${word()}\n${word()}` };
  const headers = (): StoredDetail['requestHeaders'] =>
    random() < 0.4
      ? undefined
      : [['X-Id', word()] as const, ['x-id', word()] as const, ['Content-Type', 'text/html'] as const].slice(Math.floor(random() * 3));
  return { requestHeaders: headers(), responseHeaders: headers(), requestBody: body(), responseBody: body() };
}

interface Said {
  readonly record: number;
  readonly kind: string;
  readonly text: string;
}

/** Tags, stars, marks and notes on random calls, and on records that the case does not have. */
function sayThings(run: (text: string, ...values: SqlValue[]) => void, random: () => number, calls: number): readonly Said[] {
  const labels: readonly (readonly [string, string])[] = [...words.map((word) => ['tag', word] as const), ['star', ''], ['mark', '']];
  labels.forEach(([kind, name], index) => {
    run('INSERT INTO review_label (id, kind, name, slot, chosen) VALUES (?, ?, ?, 1, 0)', index + 1, kind, name);
  });
  const said: Said[] = [];
  const place = '(SELECT name FROM source WHERE id = coalesce((SELECT source_id FROM call WHERE record = ?), 1)), ?';
  for (let record = 1; record <= calls + 5; record += 1) {
    labels.forEach(([kind, text], index) => {
      if (random() > 0.03) return;
      run(`INSERT INTO review_labelled (source, record, label_id) VALUES (${place}, ?)`, record, record, index + 1);
      said.push({ record, kind, text });
    });
    if (random() > 0.1) continue;
    const text = `seen ${words[Math.floor(random() * words.length)] ?? ''}\nof Acme`;
    run(`INSERT INTO review_note (source, record, text) VALUES (${place}, ?)`, record, record, text);
    said.push({ record, kind: 'note', text });
  }
  return said;
}

/** A case of random calls, some of whose fields are absent, with principals, endpoints, chains and findings; same seed, same case. */
export function randomQueryCase(seed: number, calls: number): { readonly db: SqlDriver; readonly rows: readonly QueryRow[] } {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const word = (): string => words[below(words.length)] ?? 'api';
  const maybe = <T extends SqlValue>(make: () => T): T | null => (random() < 0.2 ? null : make());
  const db = memoryCase();
  defineQueryFunctions(db, testCodec);
  const run = (text: string, ...values: SqlValue[]): void => void db.prepare(text).run(...values);

  const terms = [...words, 'POST', 'https', '2001:db8::1', '192.0.2.7', 'API', 'mcp:users', 'text/html'];
  terms.forEach((value, index) => {
    run('INSERT INTO term VALUES (?, ?)', index + 1, value);
  });
  const term = (): number | null => maybe(() => below(terms.length) + 1);
  for (const [index, [name, format]] of Object.entries(SOURCE_FORMATS).entries()) {
    const id = index + 1;
    run(
      `INSERT INTO source (id, name, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
       VALUES (?, ?, ?, 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]')`,
      id,
      name,
      format,
    );
  }
  CREDENTIALS.forEach(({ auth, claims }, index) => {
    const id = index + 1;
    run(
      "INSERT INTO credential VALUES (?, ?, ?, '', NULL, ?, NULL)",
      id,
      String(id),
      auth,
      claims === undefined ? null : JSON.stringify(claims),
    );
    run("INSERT INTO credential_use VALUES (?, ?, NULL, 0, NULL, NULL, 0, '[]')", id, `${auth}-${String(id)}`);
  });
  ['human', 'service', 'agent', 'unknown'].forEach((kind, index) => {
    run(
      "INSERT INTO principal (id, key, label, kind, rung, why, weak, calls, first_seen, last_seen) VALUES (?, ?, ?, ?, 1, '', 0, 0, NULL, NULL)",
      index + 1,
      `p-${String(index)}`,
      word(),
      kind,
    );
  });
  const specs = ['shadow', 'documented', 'no-spec'];
  specs.forEach((spec, index) => {
    const template = `/${word()}/${String(index)}`;
    run(
      "INSERT INTO endpoint VALUES (?, ?, ?, 'api', ?, NULL, ?, 0, 'names', '[]', '[]', 0, 0, 0, '{}', '[]', NULL, NULL)",
      index + 1,
      `${index === 1 ? 'POST' : 'GET'} api${template}`,
      index === 1 ? 'POST' : 'GET',
      template,
      spec,
    );
  });
  for (const id of [1, 2])
    run("INSERT INTO chain VALUES (?, ?, NULL, 1, '', '', 0, 0, 0, NULL, NULL, '{}', '[]')", id, `api#${String(id)}`);
  const severities = ['low', 'critical'];
  severities.forEach((severity, index) => {
    run(
      "INSERT INTO finding VALUES (?, ?, ?, 'incident', ?, ?, '{}')",
      index + 1,
      `f-${String(index)}`,
      index === 0 ? 'users' : '7',
      index,
      severity,
    );
  });

  const insert = `INSERT INTO call VALUES (${Array.from({ length: 32 }, () => '?').join(',')})`;
  const details: StoredDetail[] = [];
  const sightings: number[][] = [];
  const edges: string[][] = [];
  const hasSecret: boolean[] = [];
  const hasBody: boolean[] = [];
  const spec: (string | undefined)[] = [];
  const inFindings: number[][] = [];
  for (let id = 1; id <= calls; id += 1) {
    const detail = randomDetail(random, word);
    details[id] = detail;
    const flags = (detail.requestBody === undefined ? 0 : 1) | (detail.responseBody === undefined ? 0 : 2) | (below(2) * 4);
    hasBody[id] = (flags & 3) !== 0;
    if (random() < 0.1) {
      hasSecret[id] = true;
      run("INSERT INTO exposure VALUES (?, 'response', 1, 'jwt', 1)", id);
    }
    if (id % 7 === 0) run('INSERT INTO retry VALUES (?, 1)', id);
    if (id % 5 === 0) run('INSERT INTO hop VALUES (?)', id);
    if (id % 3 !== 0) run('INSERT INTO call_depth VALUES (?, ?)', id, id % 9);
    for (let edge = below(3); edge > 0; edge -= 1) {
      const kind = ['trace', 'nesting', 'adjacent'][below(3)] ?? 'trace';
      (edges[id] ??= []).push(kind);
      run("INSERT INTO edge (from_call, to_call, kind, kinds, confidence, why) VALUES (1, ?, ?, '[]', 1, '')", id, kind);
    }
    run(
      insert,
      id,
      1 + below(2),
      id,
      0,
      0,
      maybe(() => 1_760_000_000_000_000 + below(3e9) * 1e6),
      below(3),
      maybe(() => below(3e6)),
      term(),
      term(),
      term(),
      maybe(() => [443, 80, 8080][below(3)] ?? 443),
      maybe(() => `/${word()}/${word()}`),
      maybe(() => `${word()}=${word()}`),
      maybe(() => [200, 201, 403, 404, 500][below(5)] ?? 200),
      maybe(() => below(4096)),
      maybe(() => below(1e7)),
      term(),
      term(),
      term(),
      term(),
      maybe(() => 1 + below(CREDENTIALS.length)),
      maybe(word),
      maybe(word),
      maybe(word),
      maybe(word),
      term(),
      term(),
      term(),
      term(),
      term(),
      flags,
    );
    if (random() < 0.1) continue; // no pass has seen this call
    const endpoint = maybe(() => 1 + below(3));
    spec[id] = endpoint === null ? undefined : specs[endpoint - 1];
    const sameAs = random() < 0.1 && id > 2 ? 1 + below(2) : null;
    if (sameAs !== null) (sightings[sameAs] ??= []).push(id);
    run(
      'INSERT INTO call_fact VALUES (?, ?, ?, ?, ?)',
      id,
      maybe(() => 1 + below(4)),
      endpoint,
      sameAs,
      maybe(() => 1 + below(2)),
    );
    for (const finding of [1, 2]) {
      if (random() > 0.2) continue;
      run('INSERT INTO finding_call VALUES (?, ?, ?)', finding, id, id);
      (inFindings[id] ??= []).push(finding);
    }
  }
  const packer = detailPacker(testCodec);
  for (const detail of details.slice(1)) packer.add(detail, false);
  for (const { first, last, data } of packer.take()) run('INSERT INTO detail_block VALUES (?, ?, ?)', first + 1, last + 1, data);
  const caseTimes = db.prepare('SELECT min(time) AS start, max(time) AS end FROM call').get<{ start: number; end: number }>();
  if (caseTimes === undefined) throw new Error('no times');
  db.exec(firstIndices); // as every import leaves them; without, each look for tags walks every call
  const said = sayThings(run, seeded(seed + 1), calls);
  const rows = [...callReader(db).iterate(everyCall)].map((call): QueryRow => {
    const known = spec[call.id];
    const numbers = [call.ref, ...(call.alsoSeenAs ?? [])].map((ref) => Number(ref.slice(ref.lastIndexOf('#') + 1)));
    const has = (kind: string): readonly string[] =>
      said.filter((each) => each.kind === kind && numbers.includes(each.record)).map(({ text }) => text);
    return {
      tags: has('tag'),
      notes: has('note'),
      isStarred: has('star').length > 0,
      isMarked: has('mark').length > 0,
      call,
      findings: (inFindings[call.id] ?? []).map((finding) => ({
        id: `f-${String(finding - 1)}`,
        detector: finding === 1 ? 'users' : '7',
        severity: severities[finding - 1] ?? '',
      })),
      ...CREDENTIALS.find(({ auth }, index) => call.credential === `${auth}-${String(index + 1)}`)?.said,
      depth: call.id % 3 === 0 ? undefined : call.id % 9,
      hasBody: hasBody[call.id] === true,
      hasSecret: hasSecret[call.id] === true,
      isRetry: call.id % 7 === 0,
      isHop: call.id % 5 === 0,
      edges: edges[call.id] ?? [],
      details: [call.id, ...(sightings[call.id] ?? [])].flatMap((id) => details[id] ?? []),
      caseTimes,
      ...(known === undefined ? {} : { spec: known }),
    };
  });
  return { db, rows };
}
