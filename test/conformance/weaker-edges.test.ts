/** A response body taken out of the evidence weakens the edges that leaned on it, and no other. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import { createEngine } from '#shared/engine/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { listEdgesOf } from '#shared/engine/store/read/chains/chains.ts';
import { playScenario } from '#test/support/scenarios/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-weaker-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
const PATIENCE = 240_000;

const CAPTURE = 'agent-host/support-agent.har';
const GATEWAY = 'kong/gateway.jsonl';

interface HarFile {
  readonly log: { readonly entries: readonly { readonly response: { readonly content: { text?: string } } }[] };
}

interface Evidence {
  readonly path: string;
  readonly text: string;
}

interface Made {
  /** By cause and effect. */
  readonly edges: ReadonlyMap<string, EdgeJson>;
  /** Record of the capture by reference of the call that lists show. */
  readonly captured: ReadonlyMap<string, number>;
}

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Imports and analyses these files as the program does. */
async function analyse(name: string, files: readonly Evidence[]): Promise<Made> {
  const path = join(folder, `${name}.spoor`);
  const ports = nodePorts('0.0.0');
  const db = openForWriting(path, true);
  migrateCase(db, path, ports.crypto, 'Weaker');
  const engine = createEngine(db, ports, () => undefined);
  const paths = files.map((file) => {
    const at = join(folder, name, file.path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, file.text);
    return { path: at, name: file.path };
  });
  await engine['case.import']({ paths }, context);
  await engine['case.analyze']({ only: ['two-sided-mismatch'] }, context);
  const effects = db.prepare('SELECT DISTINCT to_call AS id FROM edge').all<{ id: number }>();
  const edges = effects.flatMap(({ id }) => listEdgesOf(db, id));
  const captured = db
    .prepare(
      `SELECT s.name || '#' || t.record AS ref, c.record FROM call c JOIN source h ON h.id = c.source_id AND h.name = ? JOIN call_fact f ON f.call_id = c.id
       JOIN call t ON t.id = coalesce(f.same_as, c.id) JOIN source s ON s.id = t.source_id`,
    )
    .all<{ ref: string; record: number }>(CAPTURE);
  db.close();
  return {
    edges: new Map(edges.map((edge) => [`${edge.from} → ${edge.to}`, edge])),
    captured: new Map(captured.map(({ ref, record }) => [ref, record])),
  };
}

/** The capture without the answer of one record. */
function withoutAnswer(text: string, record: number): string {
  const har = JSON.parse(text) as HarFile;
  const content = har.log.entries[record - 1]?.response.content;
  expect(content?.text).toBeDefined();
  delete content?.text;
  return JSON.stringify(har);
}

const isByValue = (edge: EdgeJson): boolean => edge.kinds.includes('value');

test(
  'without one answer the edges out of it are weaker or gone, and all others stay as they were',
  async () => {
    const { evidence } = playScenario({ world: 'shop', seed: 'weaker', days: 1, scale: 0.1, folder: join(folder, 'played'), incidents: [] });
    const files = [CAPTURE, GATEWAY].map((path) => ({ path, text: readFileSync(join(evidence, path), 'utf8') }));
    const whole = await analyse('whole', files);
    const leaning = new Map<string, number>();
    for (const { from } of [...whole.edges.values()].filter(isByValue))
      if (whole.captured.has(from)) leaning.set(from, (leaning.get(from) ?? 0) + 1);
    const [cause = '', count = 0] = [...leaning].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    expect(count).toBeGreaterThan(1);

    const record = whole.captured.get(cause) ?? 0;
    const less = await analyse('less', files.map((file) => (file.path === CAPTURE ? { ...file, text: withoutAnswer(file.text, record) } : file)));
    const isSame = (key: string): boolean => JSON.stringify(whole.edges.get(key)) === JSON.stringify(less.edges.get(key));
    const changed = [...new Set([...whole.edges.keys(), ...less.edges.keys()])].filter((key) => !isSame(key));
    // What leaned on the answer: not one link out of it is proved by a value any more.
    const out = [...whole.edges].filter(([, edge]) => edge.from === cause && isByValue(edge));
    for (const [key, { confidence }] of out) {
      const now = less.edges.get(key);
      expect(now === undefined || (!isByValue(now) && now.confidence <= confidence), key).toBe(true);
    }
    // All that is weaker leaned on it. Another answer with the same value may take its place, for the same effect only.
    const effects = new Set(out.map(([, { to }]) => to));
    for (const key of changed) {
      const [was, now] = [whole.edges.get(key), less.edges.get(key)];
      if (was?.from === cause) continue;
      expect(effects.has((was ?? now)?.to ?? ''), key).toBe(true);
      expect(now?.confidence, key).toBeGreaterThanOrEqual(was?.confidence ?? 0);
    }
    expect(changed.length).toBeGreaterThanOrEqual(count);
    expect(whole.edges.size).toBeGreaterThan(10 * changed.length);
  },
  PATIENCE,
); // prettier-ignore
