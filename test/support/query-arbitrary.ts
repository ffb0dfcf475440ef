import { fc } from '#test/support/property.ts';
import { isAnything, joinNodes, toPattern, type Pattern, type QueryNode } from '#shared/query/ast.ts';
import { fields, findTarget, flags, getField, isColumn, type FieldName, type Target } from '#shared/query/fields.ts';

/** Words that a random query and a random case share, so that queries match something. */
export const words = [
  'api',
  '/v1',
  'users',
  '{id}',
  '7',
  '42',
  'GET',
  'post',
  'acme.test',
  'billing bot',
  'agent',
  'curl/8',
  'jwt-1',
  '4',
  '%',
  '_',
  '[a]',
  '?',
  'ü',
  'or',
  '10.0.0.1',
] as const;

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 8 }) },
);
const pieces = fc.array(fc.oneof(fc.constant(''), anyText), { minLength: 1, maxLength: 4 });
const pattern: fc.Arbitrary<Pattern> = pieces.map(toPattern).filter((value) => !isAnything(value));
const textPattern: fc.Arbitrary<Pattern> = fc.array(anyText, { minLength: 1, maxLength: 3 });

/** Parts of messages, as queries name them; those of a random case are among them. */
const messageTargets: readonly Target[] = [
  'header.x-id',
  'header.content-type',
  'req.header.x-id',
  'res.header.x.y',
  'req.body',
  'res.body',
  'req.body.user.id',
  'res.body.items.name',
  'res.body.items.0',
  'req.body.a-b',
  'res.body.user',
].flatMap((name) => findTarget(name) ?? []);

/** Regular expressions that RE2 and JavaScript read alike, and that have something no path has. */
const sources = [
  'inv\\/\\d+$',
  '^\\/v1',
  'a|b',
  '[a-z]{2}',
  'us.rs?',
  '\\d',
  '^$',
  '4[02]',
  '\\[a\\]',
  '\\/users.*7',
  'x\\ y|GET',
  '[/)(]a?',
  '[^\\]/]{3}',
  '(api|acme).*t$',
  'POST$',
  'ag.+t',
] as const;
const source = fc.constantFrom(...sources);

const columns = fields
  .map((field): Target => findTarget(field.name) ?? { field: 'host' })
  .filter(isColumn)
  .map((target) => target.field);
const namesOf = (...types: readonly string[]): readonly FieldName[] => columns.filter((name) => types.includes(getField(name).type));
const fieldOf = (...types: readonly string[]): fc.Arbitrary<FieldName> => fc.constantFrom(...namesOf(...types));
const choicesOf = (name: FieldName): readonly string[] | undefined => getField(name).choices;

const match = fieldOf('text').chain((field): fc.Arbitrary<QueryNode> => {
  const choices = choicesOf(field);
  const value = choices === undefined ? pattern : fc.constantFrom(...choices).map((choice): Pattern => [choice]);
  return fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => ({ kind: 'match', field, values }));
});

const message = fc.constantFrom(...messageTargets).chain((target): fc.Arbitrary<QueryNode> =>
  fc.oneof(
    fc.array(pattern, { minLength: 1, maxLength: 2 }).map((values): QueryNode => ({ kind: 'match', ...target, values })),
    source.map((text): QueryNode => ({ kind: 'regex', ...target, source: text })),
    fc.constant<QueryNode>({ kind: 'present', ...target }),
  ),
);

const moment = fc
  .record({
    op: fc.constantFrom('<', '<=', '>=', '>'),
    anchor: fc.constantFrom('start', 'end'),
    offset: fc.oneof(fc.constantFrom(0, 250, 300_000, -3_600_000, 86_400_000, -0.5), fc.double({ min: -1e12, max: 1e12, noNaN: true })),
  })
  .map(({ op, anchor, offset }): QueryNode => ({ kind: 'moment', op, moment: { anchor, offset: offset + 0 } }));

const numbers: Readonly<Record<string, fc.Arbitrary<number>>> = {
  integer: fc.oneof(fc.constantFrom(200, 201, 403, 404, 500, 443), fc.nat()),
  bytes: fc.oneof(fc.constantFrom(0, 512, 1000, 2048, 5_000_000, 3 * 1024 ** 2), fc.double({ min: 0, max: 1e15, noNaN: true })),
  duration: fc.oneof(fc.constantFrom(0, 0.5, 1, 250, 863.1, 2000, 90_000), fc.double({ min: 0, max: 1e12, noNaN: true })),
  time: fc
    .oneof(fc.constantFrom(0, 1, 999_999, 86_400e6), fc.integer({ min: 0, max: 3e15 }))
    .map((offset) => 1_760_000_000_000_000 + offset),
};

const compare = fieldOf('integer', 'bytes', 'duration', 'time').chain((field): fc.Arbitrary<QueryNode> => {
  const { type } = getField(field);
  // A time is never "equal": it names a stretch.
  const ops = type === 'time' ? (['<', '<=', '>=', '>'] as const) : (['<', '<=', '=', '>=', '>'] as const);
  return fc.record({
    kind: fc.constant('compare' as const),
    field: fc.constant(field),
    op: fc.constantFrom(...ops),
    value: (numbers[type] ?? fc.nat()).map((value) => value + 0),
  });
});

const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.constant<QueryNode>({ kind: 'all' }),
  textPattern.map((value): QueryNode => ({ kind: 'text', pattern: value })),
  match,
  compare,
  message,
  moment,
  source.map((text): QueryNode => ({ kind: 'textRegex', source: text })),
  fc.record({ kind: fc.constant('regex' as const), field: fieldOf('text'), source }),
  fc.constantFrom(...columns).map((field): QueryNode => ({ kind: 'present', field })),
  fc.constantFrom(...flags).map((flag): QueryNode => ({ kind: 'flag', flag: flag.name })),
  fc
    .constantFrom('10.0.0.0/8', '10.0.0.1/32', '0.0.0.0/0', '2001:db8::/32')
    .map((network): QueryNode => ({ kind: 'network', field: 'clientIp', network })),
  fc.constantFrom('10.0.0.1', '2001:db8::1').map((address): QueryNode => ({ kind: 'match', field: 'clientIp', values: [[address]] })),
  fc.constantFrom('4', '20').map((digits): QueryNode => ({ kind: 'match', field: 'status', values: [[digits, '']] })),
);

/** Random queries in normal form, as the parser makes them. */
export const queryArbitrary: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((items) => joinNodes('and', items)),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((items) => joinNodes('or', items)),
    tie('node').map((item): QueryNode => ({ kind: 'not', item })),
  ),
})).node;
