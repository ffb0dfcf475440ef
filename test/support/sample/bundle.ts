import { seededRandom } from '../large/random.ts';
import { addAgents, repriceWith, SHADOW_TAG } from './agents.ts';
import { COLLECTED, FIRST_DAY } from './calendar.ts';
import { makeGateway } from './gateway.ts';
import { GAP_END, GAP_START } from './mesh.ts';
import { addNoise } from './noise.ts';
import { ALL_SCOPES, OPERATIONS } from './operations.ts';
import { addShoppers, addStaff } from './people.ts';
import { makeRecorder, type Logged, type LogName, type Recorder } from './recorder.ts';
import { SUPPORT_CLIENT } from './run.ts';
import { addServices, KEY_AS_CREDENTIAL_TAG, KEY_IN_URL_TAG, NIGHTLY_TAG } from './services.ts';
import { PAYMENT_OPERATIONS, paymentsSpecification, shopSpecification } from './specs.ts';
import { addSupportAgent, SUPPORT_TOKEN_LIFETIME } from './support-agent.ts';
import { INCIDENT_TAGS } from './incident.ts';
import type { RejectedTruth, SampleTruth, SourceTruth } from './truth.ts';
import { HOSTS, makeWorld } from './world.ts';

/** The seed of the sample that is kept in the repository. */
export const SAMPLE_SEED = 'acme-2026-10';
export const SAMPLE_NAME = 'acme-shop-incident.zip';

export interface SampleOptions {
  readonly seed?: string;
  /** How many times the usual number of shoppers. */
  readonly scale?: number;
}

export interface SampleFile {
  readonly path: string;
  readonly text: string;
}

export interface Sample {
  readonly files: readonly SampleFile[];
  readonly truth: SampleTruth;
}

const PATHS: Readonly<Record<LogName, string>> = {
  kong: 'kong/gateway.jsonl',
  nginx: 'nginx/access.log',
  envoy: 'envoy/sidecar.jsonl',
  har: 'agent-host/support-agent.har',
};
const FORMATS: Readonly<Record<LogName, string>> = { kong: 'kong-json', nginx: 'access-combined', envoy: 'envoy-json', har: 'har' };
const SPEC_PATHS = { shop: 'specs/shop-api.yaml', payments: 'specs/payments.json' } as const;
const README_PATH = 'readme.txt';
const BROKEN_TAG = 'broken';

const README = `Collected on Sunday 2026-10-25, 05:00 UTC, by the platform team.

kong/        gateway, file-log plugin (clock: UTC)
nginx/       storefront web server (clock: local time of Berlin)
envoy/       sidecars of orders, customers and carts
agent-host/  recording proxy in front of the support agent
specs/       API descriptions, as of the same day
`;

/** A log in its final order, with the places where lines were broken. */
interface FinishedLog {
  readonly name: LogName;
  readonly records: readonly Logged[];
}

function record(seed: string, scale: number): Recorder {
  const random = seededRandom(seed);
  const recorder = makeRecorder();
  const world = makeWorld(random.fork('world'), FIRST_DAY);
  const gateway = makeGateway(random.fork('gateway'), recorder);
  const base = { world, gateway, recorder };
  const orders = addShoppers({ ...base, random: random.fork('shoppers'), scale });
  addStaff({ ...base, random: random.fork('staff'), scale }, repriceWith({ random: random.fork('staff-reprice'), world, gateway }));
  addServices({ ...base, random: random.fork('services'), orders });
  addAgents({ ...base, random: random.fork('agents') });
  addSupportAgent({ ...base, random: random.fork('support'), orders });
  addNoise({ ...base, random: random.fork('noise') });
  return recorder;
}

/** Puts one line that is cut off after a record, as a writer does that dies and starts again. */
function withBroken(name: LogName, records: readonly Logged[], share: number, keep: number): FinishedLog {
  const place = Math.floor(records.length * share);
  const victim = records[place];
  if (victim === undefined) return { name, records };
  return {
    name,
    records: records.toSpliced(place, 0, { ...victim, text: victim.text.slice(0, keep), tag: BROKEN_TAG, requestId: undefined }),
  };
}

const refOf = (log: FinishedLog, index: number): string => `${SAMPLE_NAME}!${PATHS[log.name]}#${String(index + 1)}`;

/** Where each tagged record went: references by tag, one for each request, the gateway's before the agent host's. */
function collectRefs(logs: readonly FinishedLog[]): {
  readonly of: (tag: string) => readonly string[];
  readonly twins: ReadonlyMap<string, string>;
} {
  const found: { readonly tag: string; readonly ref: string; readonly at: number }[] = [];
  const gatewayRefs = new Map<string, string>();
  const twins = new Map<string, string>();
  for (const log of logs) {
    for (const [index, entry] of log.records.entries()) {
      if (entry.tag === undefined || entry.tag === BROKEN_TAG) continue;
      const ref = refOf(log, index);
      const known = entry.requestId === undefined ? undefined : gatewayRefs.get(entry.requestId);
      if (log.name === 'kong' && entry.requestId !== undefined) gatewayRefs.set(entry.requestId, ref);
      if (log.name === 'har' && known !== undefined) twins.set(known, ref);
      else found.push({ tag: entry.tag, ref, at: entry.loggedAt });
    }
  }
  found.sort((left, right) => left.at - right.at);
  return { of: (tag) => found.filter((entry) => entry.tag === tag).map(({ ref }) => ref), twins };
}

function finish(recorder: Recorder): readonly FinishedLog[] {
  const plain = (name: LogName): FinishedLog => ({ name, records: recorder.inOrder(name) });
  return [
    withBroken('kong', recorder.inOrder('kong'), 0.37, 411),
    withBroken('nginx', recorder.inOrder('nginx'), 0.71, 34),
    plain('envoy'),
    plain('har'),
  ];
}

function toText(log: FinishedLog): string {
  const lines = log.records.map(({ text }) => text);
  if (log.name !== 'har') return `${lines.join('\n')}\n`;
  return `{"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"12.1.2","comment":""},"pages":[],"entries":[\n${lines.join(',\n')}\n]}}\n`;
}

function toSourceTruth(log: FinishedLog): SourceTruth {
  const rejected = log.records.filter(({ tag }) => tag === BROKEN_TAG).length;
  return {
    name: `${SAMPLE_NAME}!${PATHS[log.name]}`,
    format: FORMATS[log.name],
    records: log.records.length,
    accepted: log.records.length - rejected,
    rejected,
  };
}

const specificationTruth = (path: string, operations: number): SourceTruth => ({
  name: `${SAMPLE_NAME}!${path}`,
  format: 'openapi',
  records: operations,
  accepted: operations,
  rejected: 0,
});

function toRejected(logs: readonly FinishedLog[]): readonly RejectedTruth[] {
  return logs.flatMap((log) =>
    log.records.flatMap((entry, index) =>
      entry.tag === BROKEN_TAG ? [{ ref: refOf(log, index), code: log.name === 'kong' ? 'JSON_SYNTAX' : 'LINE_SHAPE' }] : [],
    ),
  );
}

function numberIn(text: string): string {
  return /customers\/(\d+)/.exec(text)?.[1] ?? '';
}

function toTruth(seed: string, logs: readonly FinishedLog[]): SampleTruth {
  const { of, twins } = collectRefs(logs);
  const cardReads = [...of(INCIDENT_TAGS.cards), ...of(INCIDENT_TAGS.card)];
  const sends = of(INCIDENT_TAGS.send);
  const lists = of(INCIDENT_TAGS.cards);
  const singles = of(INCIDENT_TAGS.card);
  const half = Math.ceil(lists.length / 2);
  const calls = Object.values(INCIDENT_TAGS).flatMap((tag) => of(tag));
  const kong = logs.find(({ name }) => name === 'kong')?.records ?? [];
  return {
    bundle: SAMPLE_NAME,
    seed,
    sources: [
      ...logs.map(toSourceTruth),
      specificationTruth(SPEC_PATHS.shop, OPERATIONS.length),
      specificationTruth(SPEC_PATHS.payments, PAYMENT_OPERATIONS),
    ],
    unrecognised: [`${SAMPLE_NAME}!${README_PATH}`],
    rejected: toRejected(logs),
    incident: {
      detector: 'sensitive-read-to-external-write',
      principal: SUPPORT_CLIENT,
      ticket: of(INCIDENT_TAGS.ticket)[0] ?? '',
      enumerated: of(INCIDENT_TAGS.customer),
      customerIds: kong.filter(({ tag }) => tag === INCIDENT_TAGS.customer).map(({ text }) => numberIn(text)),
      cardReads,
      sends,
      foreignHost: HOSTS.foreign,
      // Of two answers that held a value the later one counts: the card's own, where it was read once more.
      provenEdges: lists.map((list, index) => ({ from: singles[index] ?? list, to: sends[index < half ? 0 : 1] ?? '' })),
      calls,
      alsoSeenAs: Object.fromEntries(
        calls.flatMap((ref) => {
          const twin = twins.get(ref);
          return twin === undefined ? [] : [[ref, twin]];
        }),
      ),
    },
    token: { client: SUPPORT_CLIENT, lifetimeSeconds: SUPPORT_TOKEN_LIFETIME / 1000, scopes: ALL_SCOPES },
    shadow: { method: 'POST', host: HOSTS.api, path: /^\/v1\/orders\/\{[^}]+\}\/reprice$/, calls: of(SHADOW_TAG) },
    secret: { exposed: of(KEY_IN_URL_TAG), used: of(KEY_AS_CREDENTIAL_TAG) },
    lookAlike: { principal: 'nightly-export', host: HOSTS.carrier, calls: of(NIGHTLY_TAG) },
    gap: { source: `${SAMPLE_NAME}!${PATHS.envoy}`, from: new Date(GAP_START).toISOString(), to: new Date(GAP_END).toISOString() },
  };
}

/** Makes the bundle and the truth about it; the same options give the same bytes on every machine. */
export function makeSample(options: SampleOptions = {}): Sample {
  const seed = options.seed ?? SAMPLE_SEED;
  const logs = finish(record(seed, options.scale ?? 1));
  const files: SampleFile[] = logs.map((log) => ({ path: PATHS[log.name], text: toText(log) }));
  files.push(
    { path: SPEC_PATHS.shop, text: shopSpecification() },
    { path: SPEC_PATHS.payments, text: paymentsSpecification() },
    { path: README_PATH, text: README },
  );
  return { files: files.toSorted((left, right) => (left.path < right.path ? -1 : 1)), truth: toTruth(seed, logs) };
}

/** When the bundle was collected: the modification time of all its members. Units: epoch ms. */
export const SAMPLE_COLLECTED = COLLECTED;
