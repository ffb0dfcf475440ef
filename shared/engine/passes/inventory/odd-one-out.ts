import type { Contract } from './contracts.ts';
import type { InventoryTally } from './tallies.ts';

/** Siblings that have to be known before one can be odd. */
const MIN_SIBLINGS = 4;
/** Share of the other siblings that do it the same way. */
const AGREEMENT = 0.8;
/** Calls, answers or errors that an operation needs to be judged by them. */
const MIN_SEEN = 3;
/** From this share of 5xx an operation fails often; below a tenth of it, hardly ever. */
const FAILS_OFTEN = 0.1;
const FAILS_HARDLY = 0.01;
const MIN_FAILURES = 5;
/** Segments in front of what a path is about. */
const LEAD = /^(?:api|apis|rest|public|internal|v\d+(?:\.\d+)*)$/i;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface OddInput {
  readonly id: number;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly tally: InventoryTally;
  readonly contract: Contract | undefined;
}

/** An operation that does differently what its siblings do alike. */
export interface Odd {
  readonly endpoint: number;
  readonly control: 'auth' | 'cors' | 'error-shape' | 'failures';
  readonly resource: string;
  readonly has: string;
  readonly usual: string;
  readonly siblings: number;
  readonly agreeing: number;
}

/** What siblings share: host and path up to the first word that is no version. Example: `/api/v1/orders/{id}/items` gives `/api/v1/orders`. */
function resourceOf(host: string, template: string): string {
  const segments = template.split('/').slice(1);
  const at = segments.findIndex((segment) => !LEAD.test(segment));
  return `${host}/${segments.slice(0, at === -1 ? segments.length : at + 1).join('/')}`;
}

/**
 * Finds operations whose controls differ from those of their siblings: the mark of code that was written, or generated, apart.
 * Auth is compared among reads and among writes, since public reads beside protected writes are usual, and never held against an
 * operation that its description makes public.
 */
export function findOdd(inputs: readonly OddInput[]): readonly Odd[] {
  const groups = new Map<string, OddInput[]>();
  for (const input of inputs) {
    if (input.method === 'OPTIONS' || input.method === 'HEAD' || input.tally.calls === 0) continue;
    const resource = resourceOf(input.host, input.template);
    const group = groups.get(resource);
    if (group === undefined) groups.set(resource, [input]);
    else group.push(input);
  }
  return [...groups].flatMap(([resource, group]) => [
    ...[true, false].flatMap((writes) => oddOf(resource, 'auth', group.filter(({ method }) => WRITES.has(method) === writes), authOf)),
    ...oddOf(resource, 'cors', group, corsOf),
    ...oddOf(resource, 'error-shape', group, errorShapeOf),
    ...oddOf(resource, 'failures', group, failuresOf),
  ]).filter(({ control, has }) => (control === 'auth' ? has === 'open' : control !== 'failures' || has === 'fails often')); // prettier-ignore
}

function oddOf(resource: string, control: Odd['control'], group: readonly OddInput[], read: (input: OddInput) => string | undefined): readonly Odd[] {
  const known = group.flatMap((input) => {
    const value = read(input);
    return value === undefined ? [] : [{ id: input.id, value }];
  });
  if (known.length < MIN_SIBLINGS) return [];
  const counts = new Map<string, number>();
  for (const { value } of known) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [usual, agreeing] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  const others = known.length - 1;
  if (agreeing < MIN_SIBLINGS - 1 || agreeing / others < AGREEMENT) return [];
  return known
    .filter(({ value }) => value !== usual)
    .map(({ id, value }) => ({ endpoint: id, control, resource, has: value, usual, siblings: others, agreeing }));
} // prettier-ignore

function authOf({ tally, contract }: OddInput): string | undefined {
  if (contract !== undefined && !contract.isSecured) return undefined;
  const answeredWith = tally.answered - tally.anonymousAnswered;
  if (tally.anonymousAnswered >= MIN_SEEN) return 'open';
  return answeredWith >= MIN_SEEN && tally.auth.size > 0 && tally.anonymousAnswered === 0 ? 'credential' : undefined;
}

function corsOf({ tally }: OddInput): string | undefined {
  if (tally.answersWithHeaders < MIN_SEEN) return undefined;
  const origins = [...tally.headers.keys()].filter((key) => key.startsWith('access-control-allow-origin\n')).map((key) => key.split('\n')[1]);
  return origins.length === 0 ? 'none' : origins.includes('*') ? 'any origin' : 'named origins';
} // prettier-ignore

function errorShapeOf({ tally }: OddInput): string | undefined {
  const [best] = [...tally.errorShapes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best === undefined || best[1] < MIN_SEEN ? undefined : best[0];
}

function failuresOf({ tally }: OddInput): string | undefined {
  const share = tally.calls === 0 ? 0 : tally.failed / tally.calls;
  if (share >= FAILS_OFTEN && tally.failed >= MIN_FAILURES) return 'fails often';
  return share <= FAILS_HARDLY && tally.calls >= MIN_FAILURES / FAILS_OFTEN ? 'hardly ever fails' : undefined;
}
