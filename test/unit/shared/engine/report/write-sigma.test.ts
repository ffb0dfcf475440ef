import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import type { SavedDetector, SavedDetectorRow } from '#shared/contract/hunting.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { writeSigma } from '#shared/engine/report/write-sigma.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { makeChange } from '#shared/engine/store/review/log.ts';
import { readSigmaRules } from '#shared/sigma/read-rules.ts';
import { testCodec } from '#test/support/case.ts';
import { detect } from '#test/support/detect.ts';
import { sigmaDocuments, sigmaFaults } from '#test/support/sigma-rules.ts';

const exported = (saved: readonly SavedDetectorRow[], of = detectors as Parameters<typeof writeSigma>[0]): string => {
  let text = '';
  writeSigma(of, saved, { write: (piece) => { text += piece; } }, nodeCrypto); // prettier-ignore
  return text;
};

test('every rule that is written can be read again, and every detector that is not says why', () => {
  const text = exported([]);
  const rules = readSigmaRules(text);
  expect(typeof rules === 'string' ? rules : rules.filter(({ kind }) => kind === 'unusable')).toEqual([]);
  expect(text).toContain('# Not expressed: bola-enumeration: it compares principals');
  for (const { id, family, sigma } of detectors as Parameters<typeof writeSigma>[0])
    if (family !== 'rule' && sigma === undefined) expect(text).toContain(`# Not expressed: ${id}:`);
});

test('what is written keeps the rules of the Sigma specification, which refuse what does not', () => {
  const documents = sigmaDocuments(exported([]));
  expect(documents.length).toBeGreaterThan(4);
  expect(sigmaFaults(documents)).toEqual([]);
  const [rule = {}] = documents;
  expect(sigmaFaults([{ ...rule, level: 'severe' }]).join()).toContain('/level');
  expect(sigmaFaults([{ ...rule, tags: ['Attack T1110'] }]).join()).toContain('/tags/0');
  expect(sigmaFaults([{ ...rule, detection: { s1: { a: 'b' } } }]).join()).toContain("'condition'");
  expect(
    sigmaFaults([{ title: 'x', correlation: { type: 'event_count', rules: ['gone'], timespan: '10m', 'group-by': ['c-ip'] } }]),
  ).toEqual(expect.arrayContaining([expect.stringContaining("'condition'"), 'gone is no rule of the file']));
});

const TRAFFIC = Array.from(
  { length: 60 },
  (_, at) =>
    `${String(Math.floor(at / 6)).padStart(2, '0')}:${String((at % 6) * 10)} ${at % 3 === 0 ? 'agent:bot' : 'service:s'} ${at % 4 === 0 ? 'DELETE' : 'GET'} api.acme.test/v1/Items/${String(at % 7)}?a=${at % 2 === 0 ? '50%25*' : '2'} ${String(at % 5 === 0 ? 404 : 200)} ip=10.0.${String(at % 2)}.1 answer=${String(at * 100)} ua=x/${String(at % 3)}`,
).join('\n');

const QUERIES: readonly string[] = [
  'status >= 400 and method:(GET or DELETE)',
  'path:/v1/Items/* and not status:404',
  'path:/V1/items/*',
  'clientIp:10.0.1.0/24 method:(POST or DELETE)',
  'resBytes > 2KB or ua:X/1',
  'query:"a=50%25*"',
  'path:/Items\\/[36]$/ is:failed',
  'principal:bot status:*',
];

test.each(QUERIES)('the rule that is written of %s fits the same calls when it is read again', async (query) => {
  const saved: SavedDetector = { name: 'Q', query, severity: 'low' };
  const { findings } = await detect(['saved-queries', 'sigma-rules'], TRAFFIC, {}, ({ db }) => {
    defineQueryFunctions(db, testCodec);
    makeChange(db, { kind: 'detector-save', detector: saved }, '2026-11-01T00:00:00.000Z');
    const rules = exported([{ ...saved, id: 'saved-1', set: 1 }], []);
    db.prepare("INSERT INTO knowledge (kind, name, text, sha256) VALUES ('sigma', 'q.yml', ?, 'x')").run(rules);
  });
  const callsOf = (prefix: string): readonly string[] => findings.find(({ detector }) => detector.startsWith(prefix))?.calls ?? [];
  expect(callsOf('sigma:')).toEqual(callsOf('saved-'));
});

test('a number of calls in a window becomes a correlation that fits the same calls', async () => {
  const saved: SavedDetector = { name: 'Q', query: 'is:failed', severity: 'low', least: 3, minutes: 4 };
  const { findings } = await detect(['saved-queries', 'sigma-rules'], TRAFFIC, {}, ({ db }) => {
    defineQueryFunctions(db, testCodec);
    makeChange(db, { kind: 'detector-save', detector: saved }, '2026-11-01T00:00:00.000Z');
    const rules = exported([{ ...saved, id: 'saved-1', set: 1 }], []);
    db.prepare("INSERT INTO knowledge (kind, name, text, sha256) VALUES ('sigma', 'q.yml', ?, 'x')").run(rules);
  });
  expect(findings).toHaveLength(2);
  expect(findings[0]?.calls).toEqual(findings[1]?.calls);
});
