import { inventoryTables } from '../store/migrations/0003-inventory.ts';
import type { CredentialKind, SpecStatus } from '../../contract/report-json.ts';
import { createSampler, type Sampler } from '../../lib/even-sample.ts';
import { textHash } from '../../lib/text-hash.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getDetail } from '../store/read/calls/details.ts';
import { AUTH } from './endpoints/tally.ts';
import { readContracts, type Contract } from './inventory/contracts.ts';
import { createDriftTally, type DriftCall, type DriftTally } from './inventory/drift.ts';
import { createLooker } from './inventory/look-at-call.ts';
import { findOdd } from './inventory/odd-one-out.ts';
import { isDescribedName, listQueryNames } from './inventory/query-names.ts';
import { createFieldSamples, type FieldSamples } from './inventory/field-samples.ts';
import { MAX_BODIES, MAX_FIELD_CALLS, MAX_HEADERS, MAX_SAMPLED } from './inventory/sample-sizes.ts';
import { settleStates, type StateRow } from './inventory/spec-state.ts';
import {
  countSighting,
  countStanding,
  isAnswered,
  newInventoryTally,
  type InventoryCall,
  type InventoryTally,
} from './inventory/tallies.ts';
import { writeInventory } from './inventory/write-inventory.ts';
import type { Pass, PassContext } from './pass.ts';
import { eachRange } from './principals/combos.ts';

/** Calls of a source that are looked at to learn whether it keeps headers. */
const PROBES = 5;
/** Calls looked at between two pauses. */
const STEP = 50;

/** Sums up every endpoint for the inventory, and compares its calls with what its description promises. */
export const inventoryPass: Pass = {
  id: 'inventory',
  version: 3,
  title: 'Inventory',
  needs: ['endpoints', 'chains', 'attribution'],
  fills: inventoryTables,
  async run(context) {
    const { db } = context;
    const rows = readRows(db);
    const contracts = readContracts(db);
    const tallies = new Map<number, InventoryTally>(rows.map(({ id }) => [id, newInventoryTally()]));
    const drift = createDriftTally();
    const samples = createFieldSamples(db);
    const sampler = createSampler(MAX_SAMPLED);
    await countCalls(context, contracts, tallies, drift, sampler, samples);
    const looked = await lookAtCalls(context, contracts, tallies, drift, sampler.take(), samples);
    const states = settleStates(db, rows, tallies);
    const odd = findOdd(
      rows.map((row) => ({ ...row, tally: tallies.get(row.id) ?? newInventoryTally(), contract: contracts.get(row.id) })),
    );
    writeInventory(db, { rows, tallies, states, drift, odd, samples });
    return methodSentence(tallies, drift, contracts.size, looked, odd.length);
  },
};

/** Endpoints with their state by description alone: that of the endpoints pass, also where this pass ran before. */
const readRows = (db: SqlDriver): readonly StateRow[] =>
  db
    .prepare(
      `SELECT e.id, e.method, e.host, e.template, ifnull(o.deprecated, 0) AS deprecated,
              CASE WHEN s.deprecated_by IN ('header', 'newer-version') AND e.spec = 'zombie' THEN s.spec_base ELSE e.spec END AS base
         FROM endpoint e LEFT JOIN operation o ON o.id = e.operation_id LEFT JOIN endpoint_summary s ON s.endpoint_id = e.id ORDER BY e.key`,
    )
    .all<{ id: number; method: string; host: string; template: string; deprecated: number; base: SpecStatus }>()
    .map((row) => ({ ...row, deprecated: row.deprecated === 1 }));

const SELECT = `SELECT c.id, f.endpoint_id AS endpoint, f.principal_id AS principal, c.source_id AS source, c.record, c.time, c.duration, c.req_bytes AS requestBytes,
    c.res_bytes AS responseBytes, c.status, c.query, c.credential_id AS credential, c.consumer_id AS consumer, ifnull(c.host_id, 0) AS host, c.flags, f.same_as AS sameAs
  FROM call c JOIN call_fact f ON f.call_id = c.id`;

/** What the pass has to know of the case to read single calls. */
interface CallWords {
  /** Order of a call: the same in every case file. */
  orderOf(call: InventoryCall): number;
  /** Its kind of credential; `undefined` when its source shows none of this host. */
  authOf(call: InventoryCall): string | undefined;
  hasHeaders(source: number): boolean;
}

function readWords({ db, codec }: PassContext): CallWords {
  const names = new Map(db.prepare('SELECT id, name FROM source').all<{ id: number; name: string }>().map(({ id, name }) => [id, name]));
  const kinds = new Map(db.prepare('SELECT id, kind FROM credential').all<{ id: number; kind: CredentialKind }>().map(({ id, kind }) => [id, kind]));
  const shows = new Set(
    db
      .prepare(`SELECT DISTINCT source_id AS source, ifnull(host_id, 0) AS host FROM call WHERE flags & ${String(callFlag.authenticated)} <> 0 OR consumer_id IS NOT NULL OR credential_id IS NOT NULL`)
      .all<{ source: number; host: number }>()
      .map(({ source, host }) => `${String(source)} ${String(host)}`),
  );
  // The source that stands for a call may not show its credential, where the other one does.
  const elsewhere = new Set(
    db
      .prepare(`SELECT f.same_as AS id FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.same_as IS NOT NULL AND (c.flags & ${String(callFlag.authenticated)} <> 0 OR c.consumer_id IS NOT NULL OR c.credential_id IS NOT NULL)`)
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  const probe = db.prepare('SELECT id FROM call WHERE source_id = ? ORDER BY record LIMIT ?');
  const withHeaders = new Map<number, boolean>();
  return {
    orderOf: (call) => textHash(`${names.get(call.source) ?? ''}#${String(call.record)}`),
    authOf(call) {
      const kind = call.credential === null ? undefined : kinds.get(call.credential);
      if (kind !== undefined) return AUTH[kind];
      if (call.consumer !== null) return 'gateway';
      if ((call.flags & callFlag.authenticated) !== 0 || elsewhere.has(call.id)) return 'masked';
      return shows.has(`${String(call.source)} ${String(call.host)}`) ? 'none' : undefined;
    },
    hasHeaders(source) {
      let known = withHeaders.get(source);
      if (known === undefined) {
        known = probe.all<{ id: number }>(source, PROBES).some(({ id }) => (getDetail(db, codec, id).responseHeaders ?? []).length > 0);
        withHeaders.set(source, known);
      }
      return known;
    },
  };
} // prettier-ignore

const BODIES = callFlag.requestBody | callFlag.responseBody;

async function countCalls(
  context: PassContext,
  contracts: ReadonlyMap<number, Contract>,
  tallies: ReadonlyMap<number, InventoryTally>,
  drift: DriftTally,
  sampler: Sampler,
  samples: FieldSamples,
): Promise<void> {
  const words = readWords(context);
  const select = context.db.prepare(`${SELECT} WHERE c.id BETWEEN ? AND ? AND f.endpoint_id IS NOT NULL`);
  await eachRange(context, (from, to) => {
    for (const call of select.all<InventoryCall>(from, to)) {
      const tally = tallies.get(call.endpoint);
      if (tally === undefined) continue;
      countSighting(tally, call);
      const contract = contracts.get(call.endpoint);
      const hasBody = (call.flags & BODIES) !== 0;
      if (hasBody) tally.bodies += 1;
      const bucket = `${String(call.endpoint)} ${String(call.status)}`;
      const candidate = { id: call.id, order: words.orderOf(call) };
      if (hasBody && (contract !== undefined || (call.status ?? 0) >= 400)) sampler.offer(`b ${bucket}`, MAX_BODIES, candidate);
      if (samples.wants(call.endpoint))
        sampler.offer(`f ${String(call.endpoint)} ${String(call.flags & BODIES)}`, MAX_FIELD_CALLS, candidate);
      if (words.hasHeaders(call.source)) sampler.offer(`h ${bucket}`, MAX_HEADERS, candidate);
      if (call.sameAs !== null) continue;
      const auth = words.authOf(call);
      countStanding(tally, call, auth);
      if (contract !== undefined) compareCall(call, contract, auth, drift, { ...candidate, principal: call.principal, time: call.time });
    }
  });
}

/** Compares what stands in the columns of a call: query, status, credential. */
function compareCall(call: InventoryCall, contract: Contract, auth: string | undefined, drift: DriftTally, as: DriftCall): void {
  const { status, endpoint } = call;
  const isTaken = status === null || isAnswered(status);
  if (isTaken && call.query !== null && contract.queryNames !== undefined) {
    const allowsBearer = contract.authKinds?.has('bearer') ?? true;
    for (const name of listQueryNames(call.query))
      if (!isDescribedName(name, contract.queryNames, allowsBearer))
        drift.add(endpoint, 'undocumented-parameter', `query ${name.slice(0, 100)}`, as);
  }
  if (status !== null && status >= 200 && !contract.knowsStatus(status)) drift.add(endpoint, 'undocumented-status', `response ${String(status)}`, as);
  if (status === null || status < 200 || status > 299 || !contract.isSecured || auth === undefined) return;
  if (auth === 'none') drift.add(endpoint, 'missing-auth', 'request', as);
  else if (auth !== 'gateway' && auth !== 'masked' && contract.authKinds?.has(auth) === false) drift.add(endpoint, 'different-auth', `request ${auth}`, as);
} // prettier-ignore

async function lookAtCalls(
  context: PassContext,
  contracts: ReadonlyMap<number, Contract>,
  tallies: ReadonlyMap<number, InventoryTally>,
  drift: DriftTally,
  ids: readonly number[],
  samples: FieldSamples,
): Promise<number> {
  const { db, codec } = context;
  const looker = createLooker(drift);
  const words = readWords(context);
  const select = db.prepare(`${SELECT} WHERE c.id = ?`);
  for (const [index, id] of ids.entries()) {
    if (index % STEP === 0) await context.breathe();
    const call = select.get<InventoryCall>(id);
    const tally = call === undefined ? undefined : tallies.get(call.endpoint);
    if (call === undefined || tally === undefined) continue;
    const as = { id: call.sameAs ?? id, principal: call.principal, time: call.time, order: words.orderOf(call) };
    const detail = getDetail(db, codec, id);
    looker.look(tally, contracts.get(call.endpoint), call.endpoint, call.status, as, detail);
    samples.look(call.endpoint, call.query, detail);
  }
  return ids.length;
}

function methodSentence(tallies: ReadonlyMap<number, InventoryTally>, drift: DriftTally, described: number, looked: number, odd: number): string {
  const sum = (read: (tally: InventoryTally) => number): number => [...tallies.values()].reduce((total, tally) => total + read(tally), 0);
  const many = (value: number): string => value.toLocaleString('en-US');
  const drifting = [...drift.endpoints].length;
  const compared =
    described === 0
      ? 'no endpoint with a schema was called, so nothing was compared with descriptions'
      : `${many(described)} called ${described === 1 ? 'endpoint has' : 'endpoints have'} a description; bodies of ${many(sum((tally) => tally.bodiesChecked))} of ${many(sum((tally) => tally.bodies))} calls with bodies were compared with it (at most ${String(MAX_BODIES)} of one endpoint and status), query, status and credential of all; ${drifting === 1 ? '1 endpoint differs' : `${many(drifting)} endpoints differ`} from it`;
  return `${many(looked)} ${looked === 1 ? 'call was' : 'calls were'} looked at for headers and bodies; ${compared}; the controls of ${odd === 1 ? '1 endpoint' : `${many(odd)} endpoints`} differ from those of ${odd === 1 ? 'its' : 'their'} siblings.`;
} // prettier-ignore
