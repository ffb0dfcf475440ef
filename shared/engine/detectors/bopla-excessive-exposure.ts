import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { answeredCalls, driftCalls, hasFlag, inTimeOrder, whoMade } from './inventory/evidence.ts';
import { dataName } from '../../model/data-words.ts';
import { listOf, plural } from './spoken.ts';

/** Kinds of data about people or worse: what an answer should not give beside its contract. */
const SENSITIVE = new Set('email phone person-name postal-address date-of-birth payment-card iban bank-account us-ssn national-id health geolocation jwt api-key password session-token private-key secret'.split(' ')); // prettier-ignore
const GRAVE = new Set('payment-card iban bank-account us-ssn national-id health jwt api-key password session-token private-key secret'.split(' ')); // prettier-ignore
/** Answers of a list and of its items that have to be known before they are compared. */
const MIN_ANSWERS = 20;
/** Share of answers that have the field. */
const USUAL = 0.5;

interface Endpoint {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly bodies: number;
  readonly types: readonly { readonly type: string; readonly where: string; readonly share: number }[];
}

const readEndpoints = (db: SqlDriver): readonly Endpoint[] =>
  db
    .prepare(
      "SELECT e.id, e.key, e.method, e.host, e.template, e.data_types AS types, s.bodies FROM endpoint e JOIN endpoint_summary s ON s.endpoint_id = e.id WHERE e.data_types <> '[]' AND s.answered > 0 ORDER BY e.key",
    )
    .all<Omit<Endpoint, 'types'> & { readonly types: string }>()
    .map((row) => ({ ...row, types: JSON.parse(row.types) as Endpoint['types'] })); // written by the endpoints pass

const isInside = (pointer: string, place: string): boolean =>
  pointer === place || pointer.startsWith(`${place}.`) || pointer.startsWith(`${place}[`);

interface Exposed {
  readonly endpoint: Endpoint;
  readonly how: string;
  readonly fields: readonly { readonly place: string; readonly type: string }[];
  readonly calls: readonly number[];
}

/** Sensitive fields that the description of the operation does not have. */
function beyondContract(db: SqlDriver, endpoint: Endpoint): Exposed | undefined {
  const places = db
    .prepare("SELECT place FROM endpoint_drift WHERE endpoint_id = ? AND kind = 'undocumented-field' AND place LIKE 'response %' ORDER BY place")
    .all<{ place: string }>(endpoint.id);
  const fields = places.flatMap(({ place }) =>
    endpoint.types.filter(({ type, where }) => SENSITIVE.has(type) && isInside(where, place)).map(({ type, where }) => ({ place: where, type, drift: place })),
  );
  if (fields.length === 0) return undefined;
  const calls = inTimeOrder([...new Set(fields.map(({ drift }) => drift))].flatMap((place) => driftCalls(db, endpoint.id, 'undocumented-field', place)));
  return { endpoint, how: 'that its description does not have', fields, calls };
} // prettier-ignore

/** Sensitive fields of list items that the operation for one item does not show. */
function beyondDetail(db: SqlDriver, list: Endpoint, byKey: ReadonlyMap<string, Endpoint>): Exposed | undefined {
  if (list.method !== 'GET' || list.bodies < MIN_ANSWERS) return undefined;
  const detail = [...byKey.values()].find(
    (other) => other.method === 'GET' && other.host === list.host && other.template.startsWith(`${list.template}/{`) && !other.template.slice(list.template.length + 1).includes('/'),
  );
  if (detail === undefined || detail.bodies < MIN_ANSWERS) return undefined;
  const shown = new Set(detail.types.map(({ where }) => lastName(where)));
  const fields = list.types
    .filter(({ type, where, share }) => SENSITIVE.has(type) && where.startsWith('response ') && where.includes('[*]') && share >= USUAL && !shown.has(lastName(where)))
    .map(({ type, where }) => ({ place: where, type }));
  return fields.length === 0 ? undefined : { endpoint: list, how: `that ${detail.key} does not show for one`, fields, calls: inTimeOrder(answeredCalls(db, list.id)) };
} // prettier-ignore

const lastName = (where: string): string => where.split(/[.\s]/).at(-1)?.replaceAll('[*]', '') ?? '';

function toDraft(db: SqlDriver, { endpoint, how, fields, calls }: Exposed): FindingDraft {
  const who = whoMade(db, calls);
  const types = [...new Set(fields.map(({ type }) => type))].sort();
  const isGrave = types.some((type) => GRAVE.has(type));
  return {
    subject: `${endpoint.key} ${how}`,
    title: `${endpoint.key} gave ${listOf(types.map(dataName), 3)} ${how}, to ${plural(who.principals.length, 'principal')}`,
    severity: { base: 'medium', steps: isGrave ? [{ by: 1, why: 'credentials, health or payment data are among it' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.3 + types.length * 0.1 + Math.min(0.2, who.principals.length / 50)),
    principals: who.principals, credentials: [], endpoints: [endpoint.id], chains: who.chains, calls, crossedAt: calls[0],
    observed: { fields: fields.slice(0, 30).map(({ place, type }) => `${place}: ${type}`), callers: who.labels.slice(0, 20), answersLookedAt: calls.length },
    expected: { sensitiveFieldsBeyond: 0 },
    benignTested: [
      { explanation: 'the client uses the field without sending it on', result: 'cannot be seen from calls; ask the owner of the client' },
      { explanation: 'the description allows further fields', result: 'not supported: additionalProperties was taken into account' },
    ],
    remediation: ['Give out only the fields that the description has, by a list of allowed ones; leave out the rest on the server, not in the client.'],
  };
} // prettier-ignore

/** Flags operations that give sensitive fields which their contract, or their own item view, does not have. */
export const boplaExcessiveExposure: Detector = {
  id: 'bopla-excessive-exposure',
  version: 1,
  title: 'More data than the contract says',
  question: 'Which answers hold sensitive fields that nobody described or that the item itself does not show?',
  about: {
    catches: 'Answers with sensitive fields that the description does not name, or lists that give more of an item than its own page does.',
    inputs: ['answers with bodies', 'an API description, for fields that are not in it'],
    falsePositives: ['clients that use the fields unseen, as mobile apps do', 'a description that permits further properties'],
  },
  family: 'posture',
  needs: ['inventory', 'chains'],
  reads: ['answerBody'],
  maps: {
    owaspApi: ['API3:2023'],
    owaspLlm: ['LLM02:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1213'],
    atlas: ['AML.T0085.001'],
    cwe: ['CWE-213', 'CWE-200'],
  },
  settings: [
    { name: 'minAnswers', value: MIN_ANSWERS, why: 'a list and its items are compared once twenty answers of each are known' },
    { name: 'usual', value: USUAL, why: 'a field that half of the answers have is part of them and no accident' },
  ],
  async run(db, breathe) {
    if (!hasFlag(db, callFlag.responseBody)) return { kind: 'not-evaluable', reason: 'no bodies of answers in the evidence' };
    const endpoints = readEndpoints(db);
    const byKey = new Map(endpoints.map((endpoint) => [endpoint.key, endpoint]));
    const findings: FindingDraft[] = [];
    for (const endpoint of endpoints) {
      for (const exposed of [beyondContract(db, endpoint), beyondDetail(db, endpoint, byKey)])
        if (exposed !== undefined) findings.push(toDraft(db, exposed));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
