import { actorChain, claimText, readClaims } from '../../model/claims.ts';
import type { SqlDriver } from '../store/driver.ts';
import { pageValues } from '../store/read/calls/values.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { inTimeOrder } from './inventory/evidence.ts';
import { plural } from './spoken.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';

/** A handle of fewer bits may be met by chance, or counted up: that is id walking, another detector's. */
const MIN_BITS = 40;
/** Handles that are followed: more come from a load test, and each costs memory. */
const MAX_HANDLES = 500_000;
/** Places that hold the state of one caller. */
const HANDLE =
  /(?:^|[._\s-])(?:mcp-)?(?:session|basket|cart|checkout|workflow|upload|task|context|conversation|thread|handle|continuation|state)(?:[_-]?(?:id|key|token|handle|ref))?(?:\[\d+\])?$|(?:session|basket|cart|checkout|workflow|upload|task|context|conversation|thread)(?:Id|Key|Token|Handle|Ref)$|(?:session|basket|cart|checkout|workflow|upload|task|conversation|thread)s?(?:\[\d+\])?\.id$/i;

interface Call {
  readonly id: number;
  readonly time: number | null;
  readonly status: number | null;
  readonly principal: number;
  readonly chain: number | null;
  readonly credential: number | null;
  readonly endpoint: number | null;
}

interface Minted {
  readonly call: Call;
  readonly pointer: string;
  /** Several callers were given it: it is no handle of one. */
  isCommon: boolean;
}

const CALL = `SELECT c.id, c.time, c.status, f.principal_id AS principal, f.chain_id AS chain, c.credential_id AS credential, f.endpoint_id AS endpoint
  FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 0 WHERE c.id = ?`;

/** A hop further in, which a service makes in its own name: it follows, by ids or address and time, from a call of the handle's owner. */
const HOP_OF = `SELECT 1 FROM edge e JOIN call_fact f ON f.call_id = e.from_call
  WHERE e.to_call = ? AND f.principal_id = ? AND e.kind IN ${CALLED_KINDS} LIMIT 1`;

/** Handles that answers gave to one known caller, by fingerprint. */
async function readMinted(
  db: SqlDriver,
  isHandle: (pointer: number) => string | undefined,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<number, Minted>> {
  const minted = new Map<number, Minted>();
  const get = db.prepare(CALL);
  for (const page of pageValues(db, 1)) {
    for (const { callId, values } of page) {
      for (const { fingerprint, pointerId, bits } of values) {
        const pointer = bits < MIN_BITS ? undefined : isHandle(pointerId);
        if (pointer === undefined) continue;
        const known = minted.get(fingerprint);
        if (known === undefined && minted.size >= MAX_HANDLES) continue;
        const call = get.get<Call>(callId);
        if (call === undefined) continue;
        if (known === undefined) minted.set(fingerprint, { call, pointer, isCommon: false });
        else if (known.call.principal !== call.principal) known.isCommon = true;
      }
    }
    await breathe();
  }
  return minted;
}

interface Foreign {
  readonly minted: Minted;
  readonly used: Call;
}

/** True when a token says that the one may act for the other. */
function isHandedOver(db: SqlDriver, a: number, b: number): boolean {
  const claims = db
    .prepare('SELECT u.principal_id AS principal, c.jwt_claims AS claims FROM credential_use u JOIN credential c ON c.id = u.credential_id WHERE u.principal_id IN (?, ?) AND c.jwt_claims IS NOT NULL LIMIT 50')
    .all<{ principal: number; claims: string }>(a, b)
    .map((row) => ({ principal: row.principal, claims: readClaims(row.claims) ?? {} }));
  const subjectsOf = (principal: number): readonly string[] => claims.filter((row) => row.principal === principal).flatMap((row) => claimText(row.claims, 'sub') ?? []);
  const hasActor = claims.some((row) => actorChain(row.claims).length > 0);
  return hasActor && subjectsOf(a).some((subject) => subjectsOf(b).includes(subject));
} // prettier-ignore

async function findForeign(db: SqlDriver, minted: ReadonlyMap<number, Minted>, breathe: () => Promise<void>): Promise<ReadonlyMap<string, Foreign[]>> {
  const get = db.prepare(CALL);
  const isHop = db.prepare(HOP_OF);
  const found = new Map<string, Foreign[]>();
  for (const page of pageValues(db, 0)) {
    for (const { callId, values } of page) {
      for (const { fingerprint } of values) {
        const handle = minted.get(fingerprint);
        if (handle === undefined || handle.isCommon) continue;
        const used = get.get<Call>(callId);
        if (used === undefined || used.principal === handle.call.principal || (used.status ?? 0) < 200 || (used.status ?? 0) > 299) continue;
        if (used.time === null || handle.call.time === null || used.time < handle.call.time) continue;
        if (isHop.get(used.id, handle.call.principal) !== undefined) continue;
        const key = `${String(handle.call.principal)} ${String(used.principal)}`;
        const list = found.get(key);
        if (list === undefined) found.set(key, [{ minted: handle, used }]);
        else list.push({ minted: handle, used });
      }
    }
    await breathe();
  }
  return found;
} // prettier-ignore

function toDraft(db: SqlDriver, uses: readonly Foreign[]): FindingDraft | undefined {
  const [first] = uses;
  if (first === undefined) return undefined;
  const nameOf = (id: number): { key: string; label: string } => db.prepare('SELECT key, label FROM principal WHERE id = ?').get<{ key: string; label: string }>(id) ?? { key: '', label: '' };
  const [owner, user] = [nameOf(first.minted.call.principal), nameOf(first.used.principal)];
  const mints = uses.map(({ minted }) => minted.call);
  const used = uses.map((use) => use.used);
  const handles = new Set(uses.map(({ minted }) => `${String(minted.call.id)} ${minted.pointer}`)).size;
  return {
    subject: `${owner.key} ${user.key}`,
    title: `${user.label} used ${plural(handles, 'handle')} that ${owner.label} was given (${first.minted.pointer}), with success`,
    severity: { base: 'high', steps: [] },
    confidence: 'observed',
    score: Math.min(1, 0.5 + handles / 20),
    principals: [first.used.principal, first.minted.call.principal],
    credentials: [...new Set(used.flatMap(({ credential }) => credential ?? []))],
    endpoints: [...new Set(used.flatMap(({ endpoint }) => endpoint ?? []))],
    chains: [...new Set(used.flatMap(({ chain }) => chain ?? []))],
    calls: inTimeOrder([...mints, ...used]),
    crossedAt: first.used.id,
    observed: { handles, pointers: [...new Set(uses.map(({ minted }) => minted.pointer))].slice(0, 10), uses: uses.length },
    expected: { foreignUses: 0 },
    benignTested: [
      { explanation: 'one acts for the other (act)', result: 'not supported: no token says so' },
      { explanation: 'a hop further in of the same request', result: 'not supported: no call of the owner led to the use by ids, or by address and time' },
      { explanation: 'a hand-over between agents of one system, or a shared support session', result: 'not tested: records do not show it' },
    ],
    remediation: ['Bind the handle to the principal that it was made for, and refuse it to all others.', 'End the sessions behind these handles.'],
  };
} // prettier-ignore

/** Flags handles of one caller's state in another one's hands. */
export const stateHandleHijack: Detector = {
  id: 'state-handle-hijack',
  version: 1,
  title: 'Handle of another principal',
  question: 'Who used a session, basket, upload or task that another principal was given?',
  about: {
    catches: 'A session, basket, upload or task that was handed to one principal and that another one used.',
    inputs: ['answers with bodies or headers that hand out the handle'],
    falsePositives: ['agents of one orchestrator that hand over to each other', 'shared sessions of a support team'],
  },
  family: 'incident',
  needs: ['attribution', 'chains'],
  reads: ['caller', 'time', 'answerBody'],
  maps: { owaspApi: ['API1:2023', 'API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03', 'ASI07'], attack: ['T1550.001'], atlas: ['AML.T0091'], cwe: ['CWE-639', 'CWE-294'] },
  settings: [{ name: 'minBits', value: MIN_BITS, why: 'bits of a handle below which two principals may hold the same by chance' }],
  async run(db, breathe) {
    const pointers = new Map<number, string>();
    for (const { id, value } of db.prepare('SELECT id, value FROM term').iterate<{ id: number; value: string }>())
      if (value.length < 200 && HANDLE.test(value)) pointers.set(id, value);
    await breathe();
    if (db.prepare('SELECT 1 FROM value WHERE answered > 0 LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no source keeps answers, so nobody knows who was given which handle' };
    const minted = await readMinted(db, (pointer) => pointers.get(pointer), breathe);
    const findings: FindingDraft[] = [];
    for (const [pair, uses] of await findForeign(db, minted, breathe)) {
      const [a = 0, b = 0] = pair.split(' ').map(Number);
      const draft = isHandedOver(db, a, b) ? undefined : toDraft(db, uses);
      if (draft !== undefined) findings.push(draft);
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
