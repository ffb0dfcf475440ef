import { isJsonObject, type Json } from '../../lib/json.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import { hasFlag, inTimeOrder, whoMade } from './inventory/evidence.ts';
import { isAdministrative } from './signals/same-work.ts';
import { listOf, plural } from './spoken.ts';
import { isInnerHop } from '../store/hop-sql.ts';

/** Fields that decide about power, money or trust and that a caller seldom may set: whole names. */
const PRIVILEGED =
  /^(?:is_?)?(?:active|internal|group|groups|total|limit|status|state|plan|owner_?id|user_?id|tenant_?id|account_?id|org_?id|organisation_?id|organization_?id|created_?at)$/i;
/** Words of names that do so by themselves: `discount_percent`, `creditLimit`, `is_admin`. */
const PRIVILEGED_WORD =
  /^(?:admin|administrator|superuser|staff|verified|approved|owner|role|roles|permission|permissions|scope|scopes|price|discount|balance|credit|credits|tier|kyc|paid)$/i;
/** Below this share of requests a field is none that the operation usually takes. */
const RARE = 0.01;
const MIN_REQUESTS = 100;
/** A field that so many callers begin to send was released. */
const RELEASED = 3;
/** Requests that are read in all. */
export const MAX_REQUESTS = 20_000;
const MAX_FIELDS = 500;

const isPrivileged = (name: string): boolean =>
  PRIVILEGED.test(name) || name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => PRIVILEGED_WORD.test(word));

interface Row {
  /** The call that stands for all its sightings, and the one whose body is read. */
  readonly id: number;
  readonly recorded: number;
  readonly time: number | null;
  readonly endpoint: number;
  readonly key: string;
  readonly principal: number | null;
}

interface Field {
  readonly calls: (Row & { readonly reflected: boolean })[];
  readonly principals: Set<number>;
}

const parse = (text: string | undefined): Json | undefined => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
};

/** Scalars of a body by pointer, one level of items. */
function scalarsOf(value: Json | undefined, pointer = '$', into = new Map<string, string>(), depth = 0): ReadonlyMap<string, string> {
  if (into.size >= MAX_FIELDS || depth > 8) return into;
  if (Array.isArray(value)) for (const item of value as readonly Json[]) scalarsOf(item, `${pointer}[*]`, into, depth + 1);
  else if (isJsonObject(value)) for (const [name, each] of Object.entries(value)) scalarsOf(each, `${pointer}.${name}`, into, depth + 1);
  else if (value !== undefined) into.set(pointer, JSON.stringify(value));
  return into;
} // prettier-ignore

const nameOf = (pointer: string): string => pointer.split('.').at(-1)?.replaceAll('[*]', '') ?? '';

/** Privileged fields of requests that were taken, by endpoint and pointer; and how many requests each endpoint took. */
async function readFields(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<{ readonly fields: ReadonlyMap<string, Field>; readonly requests: ReadonlyMap<number, number> }> {
  const fields = new Map<string, Field>();
  const requests = new Map<number, number>();
  const rows = db
    .prepare(
      `SELECT c.id AS recorded, ifnull(f.same_as, c.id) AS id, s.time, f.endpoint_id AS endpoint, e.key, sf.principal_id AS principal
         FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id
         JOIN call s ON s.id = ifnull(f.same_as, c.id) JOIN call_fact sf ON sf.call_id = s.id
        WHERE c.flags & ? <> 0 AND c.status BETWEEN 200 AND 299 AND e.method IN ('POST', 'PUT', 'PATCH') ORDER BY c.id LIMIT ?`,
    )
    .all<Row>(callFlag.requestBody, MAX_REQUESTS);
  const seen = new Set<number>();
  for (const [index, row] of rows.entries()) {
    if (index % 100 === 0) await breathe();
    // The sighting that stands for a call may be a gateway's, without the body that a recording of the same call has.
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    requests.set(row.endpoint, (requests.get(row.endpoint) ?? 0) + 1);
    const detail = tools.detail(row.recorded);
    let answer: ReadonlySet<string> | undefined;
    for (const [pointer, text] of scalarsOf(parse(detail.requestBody?.text))) {
      const name = nameOf(pointer);
      if (!isPrivileged(name)) continue;
      answer ??= new Set([...scalarsOf(parse(detail.responseBody?.text))].map(([at, value]) => `${nameOf(at)} ${value}`));
      const key = `${String(row.endpoint)} ${pointer}`;
      let field = fields.get(key);
      if (field === undefined) fields.set(key, (field = { calls: [], principals: new Set() }));
      field.calls.push({ ...row, reflected: answer.has(`${name} ${text}`) });
      if (row.principal !== null) field.principals.add(row.principal);
    }
  }
  return { fields, requests };
} // prettier-ignore

/** Flags privileged fields that callers put into requests, beyond the contract or beyond what others send, and that came back set. */
export const massAssignment: Detector = {
  id: 'mass-assignment',
  version: 2,
  title: 'Fields that are not the principal’s to set',
  question: 'Did a principal set a role, price, owner or the like, and did the server take it?',
  about: {
    catches:
      'A request that sets a role, price, owner, balance or the like where the contract has no such field, and an answer that shows the value was taken.',
    inputs: ['requests and answers with bodies'],
    falsePositives: [
      'a newly released field, which many principals send',
      'a field that the server ignores: then the value does not come back',
    ],
  },
  family: 'incident',
  needs: ['inventory', 'chains'],
  reads: ['requestBody'],
  maps: { owaspApi: ['API3:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1098', 'T1565.001'], atlas: [], cwe: ['CWE-915'] },
  settings: [
    { name: 'rare', value: RARE, why: 'a field in fewer than one of a hundred requests is none that clients usually send' },
    { name: 'minRequests', value: MIN_REQUESTS, why: 'without a description, rare can be told from a hundred requests on' },
    { name: 'released', value: RELEASED, why: 'three principals that begin to send a field point at a release, not at an attack' },
  ],
  async run(db, breathe, tools) {
    if (!hasFlag(db, callFlag.requestBody)) return { kind: 'not-evaluable', reason: 'no bodies of requests in the evidence' };
    const { fields, requests } = await readFields(db, tools, breathe);
    const undocumented = new Set(
      db
        .prepare("SELECT endpoint_id AS endpoint, place FROM endpoint_drift WHERE kind = 'undocumented-field' AND place LIKE 'request %'")
        .all<{ endpoint: number; place: string }>()
        .map(({ endpoint, place }) => `${String(endpoint)} ${place.slice('request '.length)}`),
    );
    const byCaller = new Map<string, { readonly pointer: string; readonly call: Field['calls'][number]; readonly why: string }[]>();
    for (const [key, field] of fields) {
      const [first] = field.calls;
      if (first === undefined) continue;
      const pointer = key.slice(key.indexOf(' ') + 1);
      const all = requests.get(first.endpoint) ?? 0;
      const isRare = all >= MIN_REQUESTS && field.calls.length / all < RARE;
      const isUnknown = [...undocumented].some((place) => key === place || key.startsWith(`${place}.`) || key.startsWith(`${place}[`));
      if ((!isRare && !isUnknown) || field.principals.size >= RELEASED) continue;
      for (const call of field.calls) {
        const group = `${String(call.principal)} ${call.key}`;
        const why = isUnknown ? 'not in the description' : `in ${String(field.calls.length)} of ${String(all)} requests`;
        byCaller.set(group, [...(byCaller.get(group) ?? []), { pointer, call, why }]);
      }
    }
    return { kind: 'evaluated', findings: [...byCaller.values()].map((group) => toDraft(db, group)) };
  },
};

/** What somebody does with power that he just gave himself, he does within the hour. Units: µs. */
const LATER = 3_600_000_000;
/** Writes after which is looked: each costs a walk over an hour of the evidence, and a program that writes all day shows in the first. */
const MAX_WRITES = 100;
/** What five callers may do is nobody's privilege. */
const COMMON = 5;

interface After {
  readonly id: number;
  readonly time: number | null;
}

/**
 * What a writer did with what he had set: answered calls within the hour to the same object, and to operations that administer or grant power
 * and that hardly anybody uses.
 */
function usesAfter(db: SqlDriver, writes: readonly number[]): readonly After[] {
  const select = db.prepare(
    `SELECT c.id, c.time, e.template, e.flags, e.principals, c.path = w.path AND c.host_id = w.host_id AS isSame
       FROM call w JOIN call_fact wf ON wf.call_id = w.id JOIN call c ON c.time BETWEEN w.time AND w.time + ${String(LATER)} JOIN call_fact f ON f.call_id = c.id
       JOIN endpoint e ON e.id = f.endpoint_id
      WHERE w.id = ? AND +f.principal_id = wf.principal_id AND f.same_as IS NULL AND +c.status BETWEEN 200 AND 299
        AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND ${isInnerHop('x')})`,
  );
  // The first write's hour holds those of the others close behind; each is asked, since a day may lie between them.
  return writes
    .slice(0, MAX_WRITES)
    .flatMap((write) =>
      select
        .all<After & { readonly template: string; readonly flags: string; readonly principals: number; readonly isSame: number }>(write)
        .filter(
          ({ isSame, template, flags, principals }) =>
            isSame === 1 || (principals < COMMON && (isAdministrative(template) || flags.includes('grants-power'))),
        ),
    );
}

function toDraft(
  db: SqlDriver,
  group: readonly { readonly pointer: string; readonly call: Field['calls'][number]; readonly why: string }[],
): FindingDraft {
  const reflected = group.filter(({ call }) => call.reflected);
  const taken = reflected.map(({ call }) => call.id);
  const calls = inTimeOrder([...group.map(({ call }) => call), ...usesAfter(db, [...new Set(taken)])]);
  const who = whoMade(db, calls);
  const names = [...new Set((reflected.length > 0 ? reflected : group).map(({ pointer }) => pointer))].sort();
  const key = group[0]?.call.key ?? '';
  const endpoint = group[0]?.call.endpoint;
  return {
    subject: `${who.labels.join()} ${key}`,
    title: `${who.labels[0] ?? 'An unknown principal'} set ${listOf(names, 3)} at ${key}${reflected.length > 0 ? `, and the answer gave the value back in ${plural(new Set(reflected.map(({ call }) => call.id)).size, 'call')}` : '; no answer shows that it was taken'}`,
    severity: { base: 'info', steps: reflected.length > 0 ? [{ by: 3, why: 'the answer holds the value that was sent' }] : [] },
    confidence: reflected.length > 0 ? 'observed' : 'suspected',
    score: Math.min(1, (reflected.length > 0 ? 0.6 : 0.1) + names.length * 0.05),
    principals: who.principals, credentials: who.credentials, endpoints: endpoint === undefined ? [] : [endpoint], chains: who.chains, calls,
    crossedAt: reflected[0]?.call.id ?? calls[0],
    observed: { fields: names, reflectedCalls: reflected.length, why: [...new Set(group.map(({ why }) => why))] },
    expected: { privilegedFields: 0 },
    benignTested: [
      { explanation: 'a field that was newly released', result: `not supported: fewer than ${String(RELEASED)} principals send it` },
      { explanation: 'the server ignores it', result: reflected.length > 0 ? 'not supported: the answer holds the same value' : 'possible: no answer holds the value' },
    ],
    remediation: ['Bind requests to a list of fields that principals may set; refuse others.', 'Look at the objects that were written and set the fields back.'],
    story: calls[0] === undefined || reflected.length === 0 ? [] : [{ call: calls[0], role: 'write', text: `${who.labels[0] ?? 'An unknown principal'} set ${listOf(names, 3)}` }],
  };
} // prettier-ignore
