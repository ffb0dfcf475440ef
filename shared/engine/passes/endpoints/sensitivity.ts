import { namedType } from '../../intake/personal/data-names.ts';
import { secretHint } from '../../intake/masking/secret-names.ts';
import { isReadOperation, operationWords, type NamedEndpoint } from '../../../model/endpoint-words.ts';
import { PEOPLE_COLLECTIONS } from '../../../model/people-paths.ts';

/** One kind of data at one place of an endpoint, over all its calls. */
export interface DataUse {
  readonly side: string;
  readonly type: string;
  readonly calls: number;
  /** Values altogether. */
  readonly count: number;
  /** Most values in one call. */
  readonly most: number;
}

/** Money, health, identity and secrets: one record is reportable. */
const CROWN = new Set([
  'payment-card',
  'iban',
  'bank-account',
  'us-ssn',
  'national-id',
  'health',
  'private-key',
  'password',
  'secret',
  'api-key',
]);
const SECRETS = new Set(['private-key', 'password', 'secret', 'api-key', 'jwt', 'session-token']);
/** Who and where a person is. */
const PERSONAL = new Set(['email', 'phone', 'person-name', 'postal-address', 'date-of-birth']);
/** Personal, but telling little alone. */
const MINOR = new Set(['geolocation', 'ip-address', 'device-id', 'jwt', 'session-token', 'system-prompt']);

/** So many values of a kind in one answer are a list of people. */
const BULK = 10;
/** Different kinds about people that together are a profile. */
const PROFILE_KINDS = 3;

/** S0–S3 by what was seen in bodies: 3 crown jewels, 2 people in bulk or whole profiles, 1 other personal data, 0 none of it. */
export function sensitivityOfData(uses: readonly DataUse[]): number {
  // A key in a query is how the call proves itself, not what the endpoint deals in.
  const bodies = uses.filter(
    ({ side, type }) => side === 'request' || side === 'response' || ((side === 'query' || side === 'path') && !SECRETS.has(type)),
  );
  if (bodies.some(({ type }) => CROWN.has(type))) return 3;
  const kinds = new Set(bodies.filter(({ type, side }) => PERSONAL.has(type) && side === 'response').map(({ type }) => type));
  const bulk = bodies.some(({ type, most }) => PERSONAL.has(type) && most >= BULK);
  if (bulk || kinds.size >= PROFILE_KINDS) return 2;
  return bodies.some(({ type }) => PERSONAL.has(type) || MINOR.has(type)) ? 1 : 0;
}

const CROWN_WORDS = new Set(
  'card cards creditcard payment-methods payment-method iban bank bankaccount bankaccounts bank-account bank-accounts bank-details bankdetails payslip payslips pay-slip pay-slips payroll salary salaries wages passport passports patient patients health medical diagnoses prescriptions secret secrets credential credentials apikey apikeys api-key api-keys passwords ssn'.split(
    ' ',
  ),
);
/** What monitors ask for: `/v1/health`, `/health/live`. Below a parameter it is about somebody. */
const HEALTH_CHECK = /^[^{]*\/health(?:\/(?:live|liveness|ready|readiness|startup|check|status|db|ping))?$/i;
const PEOPLE_WORDS = new Set([...PEOPLE_COLLECTIONS, 'accounts']);
const PERSON_WORDS = new Set(
  'user customer contact employee member person lead profile me account addresses address emails email'.split(' '),
);

/** The same from names alone, for evidence without bodies: words of path and operation, and properties of the description. */
export function sensitivityOfNames(endpoint: NamedEndpoint, fields: readonly string[]): number {
  const segments = endpoint.template
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
  const asked = operationWords(endpoint);
  const isCheck = endpoint.method === 'GET' && HEALTH_CHECK.test(endpoint.template);
  const words = [...segments.filter((part) => !part.startsWith('{') && !(isCheck && part === 'health')), ...asked];
  const last = asked.at(-1) ?? segments.at(-1) ?? '';
  const types = new Set(fields.map((field) => namedType(field, undefined)).filter((type) => type !== undefined));
  const secrets = fields.some((field) => {
    const hint = secretHint(field);
    return (
      hint?.sure === true &&
      !hint.many &&
      (hint.type === 'password' || hint.type === 'secret' || hint.type === 'private-key' || hint.type === 'payment-card')
    );
  });
  if (secrets || words.some((word) => CROWN_WORDS.has(word)) || [...types].some((type) => CROWN.has(type))) return 3;
  const kinds = [...types].filter((type) => PERSONAL.has(type)).length;
  const isList = (endpoint.method === 'GET' || isReadOperation(endpoint)) && PEOPLE_WORDS.has(last);
  if (isList || kinds >= PROFILE_KINDS || words.includes('export') || words.includes('exports'))
    return isList || kinds > 0 || words.some((word) => PEOPLE_WORDS.has(word)) ? 2 : 1;
  return kinds > 0 || words.some((word) => PEOPLE_WORDS.has(word) || PERSON_WORDS.has(word)) ? 1 : 0;
}
