import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FromEngine, SpawnEngine } from '#electron/node/engine/protocol.ts';

/**
 * `node test/support/older/make.ts CHECKOUT OUT.spoor.gz`: lets the build of an older checkout (`git archive COMMIT`, with `node_modules`
 * linked in) make a case of some fixtures, analyse it and take an analyst's notes, as far as it knew them.
 */
const [checkout = '', out = ''] = process.argv.slice(2);
const fixtures = join(import.meta.dirname, '../../fixtures');
const FILES = ['har/dialects.har', 'kong-json/lines.jsonl', 'access-combined/combined.log', 'openapi/orders.yaml'];

/** What the analyst of the time did. Methods that a build does not have yet are left out. */
const REF = 'evidence/lines.jsonl#1';
const CHANGES: readonly object[] = [
  { kind: 'note-add', ref: REF, text: 'Seen at the time of this build.' },
  { kind: 'tag', refs: [REF], tag: 'kept', on: true },
  { kind: 'star', refs: [REF], on: true },
  { kind: 'view-save', name: 'Kept view', view: { query: 'status:200' } },
];

const folder = mkdtempSync(join(tmpdir(), 'spoor-older-'));
const evidence = join(folder, 'evidence');
mkdirSync(evidence);
for (const file of FILES) cpSync(join(fixtures, file), join(evidence, basename(file)));
const casePath = join(folder, 'case.spoor');

const spawnModule = (await import(pathToFileURL(resolve(checkout, 'electron/node/engine/spawn-engine.ts')).href)) as {
  readonly childProcessEngines: (entry: string) => SpawnEngine;
};
const engine = spawnModule.childProcessEngines(resolve(checkout, 'electron/hosts/engine.ts'))('work');
const answers = new Map<number, (text: string) => void>();
let opened: () => void = () => undefined;
const isOpen = new Promise<void>((resolve_) => {
  opened = resolve_;
});
engine.onMessage((message: FromEngine) => {
  if (message.k === 'opened') opened();
  if (message.k === 'failed') throw new Error(message.error.message);
  if (message.k !== 'text') return;
  const { t, id } = JSON.parse(message.text) as { readonly t: string; readonly id: number };
  if (t === 'ok' || t === 'fail') answers.get(id)?.(message.text);
});

let asked = 0;
const ask = (method: string, params: object): Promise<string> =>
  new Promise((resolve_) => {
    asked += 1;
    answers.set(asked, resolve_);
    engine.send({ k: 'text', connection: 1, text: JSON.stringify({ t: 'call', id: asked, method, params }) });
  });

engine.send({ k: 'open', role: 'work', casePath, create: true, title: 'Made by an older build', version: 'older' });
await isOpen;
engine.send({ k: 'connect', connection: 1 });
for (const [method, params] of [
  ['case.import', { paths: [{ path: evidence }] }],
  ['case.analyze', {}],
] as const)
  if ((await ask(method, params)).includes('"t":"fail"')) throw new Error(`${method} failed`);
const took = [];
for (const change of CHANGES) took.push(!(await ask('review.change', { change })).includes('"t":"fail"'));
const gone = new Promise<void>((resolve_) => {
  engine.onExit(() => {
    resolve_();
  });
});
engine.send({ k: 'end' });
await gone;
writeFileSync(out, gzipSync(readFileSync(casePath), { level: 9 }));
rmSync(folder, { recursive: true });
console.log(`${out}: ${String(took.filter(Boolean).length)} of ${String(CHANGES.length)} changes taken`);
