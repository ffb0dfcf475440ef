import type { Json } from '../lib/json.ts';
import { fields, type FieldName } from '../query/fields.ts';
import { parseNetwork } from '../query/network.ts';
import { parseRegex } from '../query/regex.ts';
import { joined } from './condition.ts';
import { messageExpression } from './expression.ts';
import { isExtension, placeOf } from './fields.ts';
import {
  CannotRun,
  type PatternPiece,
  type SigmaComparison,
  type SigmaNode,
  type SigmaPlace,
  type SigmaTest,
  type TimePart,
} from './rule.ts';
import { base64Variants, dashVariants, encodeText, plainText, readPattern, toBase64 } from './values.ts';

const COMPARISONS: Readonly<Record<string, SigmaComparison>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const TIME_PARTS: readonly TimePart[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const ENCODINGS = { wide: 'utf16le', utf16le: 'utf16le', utf16be: 'utf16be', utf16: 'utf16' } as const;
const KNOWN = new Set([
  'contains', 'startswith', 'endswith', 'all', 're', 'i', 'm', 's', 'cidr', 'base64', 'base64offset', 'windash', 'cased', 'exists',
  'fieldref', 'expand', 'neq', ...Object.keys(COMPARISONS), ...TIME_PARTS, ...Object.keys(ENCODINGS),
]); // prettier-ignore
/** Fields whose values have an order. */
const ORDERED: ReadonlySet<string> = new Set(fields.filter(({ type }) => type !== 'text' && type !== 'address').map(({ name }) => name));

interface Asked {
  readonly place: SigmaPlace;
  readonly modifiers: readonly string[];
  readonly extension: boolean;
  /** Counts the values of the rule. */
  readonly count: (values: number) => void;
}

const has = (asked: Asked, modifier: string): boolean => asked.modifiers.includes(modifier);

/** Reads one line of a selection, `field|modifier: value or list`. Errors: CannotRun. */
export function readFieldTest(key: string, value: Json, count: (values: number) => void): SigmaNode {
  const [name = '', ...spelled] = key.split('|');
  const modifiers = spelled.map((modifier) => modifier.toLowerCase());
  for (const modifier of modifiers) if (!KNOWN.has(modifier)) throw new CannotRun(`the modifier ${modifier.slice(0, 40)} is not supported`);
  const extension = isExtension(name);
  const place: SigmaPlace = name === '' ? { kind: 'anywhere' } : extension ? { kind: 'column', field: 'path' } : placeOf(name);
  const asked: Asked = { place, modifiers, extension, count };
  const values: readonly Json[] = isList(value) ? value : [value];
  if (values.length === 0) throw new CannotRun(`${key.slice(0, 80)} has no value`);
  const tests = values.map((each) => readValue(asked, each));
  const node = joined(has(asked, 'all') ? 'and' : 'or', tests);
  return has(asked, 'neq') ? { kind: 'not', item: node } : node;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function readValue(asked: Asked, value: Json): SigmaNode {
  asked.count(1);
  const test = (made: SigmaTest): SigmaNode => {
    if (asked.place.kind === 'message' && (made.kind === 'pattern' || made.kind === 'regex')) messageExpression(made);
    return { kind: 'test', place: asked.place, test: made };
  };
  const present = test({ kind: 'present' });
  if (has(asked, 'exists')) {
    if (typeof value !== 'boolean') throw new CannotRun('exists takes true or false');
    return value ? present : { kind: 'not', item: present };
  }
  if (value === null) return { kind: 'not', item: present };
  if (typeof value === 'object') throw new CannotRun('a value is a map, not a text or number');
  const part = TIME_PARTS.find((name) => has(asked, name));
  if (part !== undefined) return test({ kind: 'time', part: onTime(asked, part), value: toNumber(value, part) });
  const comparison = Object.keys(COMPARISONS).find((name) => has(asked, name));
  if (comparison !== undefined) return test(compareTest(asked, COMPARISONS[comparison] ?? '>', value));
  if (has(asked, 'cidr')) return test(networkTest(asked, String(value)));
  if (has(asked, 're')) return test(regexTest(asked, String(value)));
  if (has(asked, 'fieldref')) return test(referenceTest(asked, String(value)));
  if (typeof value === 'number' && !hasText(asked) && isOrdered(asked.place)) return test({ kind: 'number', value });
  return joined('or', patternsOf(asked, String(value)).map((pieces) => {
    if (pieces.length === 1 && pieces[0] === 'many') return present;
    return test({ kind: 'pattern', pieces, cased: has(asked, 'cased') || has(asked, 'base64') || has(asked, 'base64offset') });
  })); // prettier-ignore
}

const hasText = (asked: Asked): boolean => ['contains', 'startswith', 'endswith'].some((name) => has(asked, name));

const isOrdered = (place: SigmaPlace): boolean => place.kind === 'column' && ORDERED.has(place.field);

function toNumber(value: Json, what: string): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw new CannotRun(`${what} needs a number`);
  return number;
}

function onTime(asked: Asked, part: TimePart): TimePart {
  if (asked.place.kind !== 'column' || asked.place.field !== 'time') throw new CannotRun(`${part} is asked of a field that is no time`);
  return part;
}

function compareTest(asked: Asked, op: SigmaComparison, value: Json): SigmaTest {
  if (!isOrdered(asked.place)) throw new CannotRun('a field that is text is compared with a number');
  if (asked.place.kind === 'column' && asked.place.field === 'time')
    throw new CannotRun('times are compared with minute, hour, day … only');
  return { kind: 'compare', op, value: toNumber(value, 'a comparison') };
}

function networkTest(asked: Asked, network: string): SigmaTest {
  if (asked.place.kind !== 'column') throw new CannotRun('cidr is asked of a field that is no address');
  if (parseNetwork(network) === undefined) throw new CannotRun(`${network.slice(0, 60)} is no network`);
  return { kind: 'network', network };
}

function regexTest(asked: Asked, value: string): SigmaTest {
  const flags = ['i', 'm', 's'].filter((flag) => has(asked, flag)).join('');
  const source = flags === '' ? value : `(?${flags})${value}`;
  const parsed = parseRegex(source, false);
  if (!parsed.ok) throw new CannotRun(`its regular expression cannot run: ${parsed.message}`);
  return { kind: 'regex', source };
}

function referenceTest(asked: Asked, value: string): SigmaTest {
  const other = placeOf(value);
  if (asked.place.kind !== 'column' || other.kind !== 'column')
    throw new CannotRun('fieldref compares fields that are columns of a call only');
  const where = has(asked, 'startswith') ? 'start' : has(asked, 'endswith') ? 'end' : has(asked, 'contains') ? 'inside' : 'whole';
  return { kind: 'field', other: other.field satisfies FieldName, where, cased: has(asked, 'cased') };
}

/** The patterns that a text stands for once its modifiers are applied, any of which is enough. */
function patternsOf(asked: Asked, value: string): readonly (readonly PatternPiece[])[] {
  if (has(asked, 'expand') && /%[^%\s]+%/.test(value))
    throw new CannotRun(`the placeholder ${/%[^%\s]+%/.exec(value)?.[0].slice(0, 40) ?? ''} has no values here`);
  const dashed = has(asked, 'windash') ? dashVariants(value) : [value];
  const texts = dashed.flatMap((each) => encoded(asked, readPattern(each)));
  asked.count(texts.length - 1);
  return texts.map((pieces) => placed(asked, pieces));
}

function encoded(asked: Asked, pieces: readonly PatternPiece[]): readonly (readonly PatternPiece[])[] {
  const encoding = Object.entries(ENCODINGS).find(([name]) => has(asked, name))?.[1];
  const base64 = has(asked, 'base64');
  const offset = has(asked, 'base64offset');
  if (!base64 && !offset) {
    if (encoding !== undefined) throw new CannotRun('UTF-16 is looked for inside of Base64 only: logs hold text');
    return [pieces];
  }
  const bytes = encodeText(plainText(pieces, base64 ? 'base64' : 'base64offset'), encoding ?? 'utf8');
  return (base64 ? [toBase64(bytes)] : base64Variants(bytes)).map((text) => [{ text }]);
}

function placed(asked: Asked, pieces: readonly PatternPiece[]): readonly PatternPiece[] {
  const before = has(asked, 'contains') || has(asked, 'endswith') || asked.place.kind === 'anywhere';
  const after = has(asked, 'contains') || has(asked, 'startswith') || asked.place.kind === 'anywhere';
  const whole: readonly PatternPiece[] = asked.extension ? ['many', { text: '.' }, ...pieces] : pieces;
  const first = whole[0] === 'many' || !before ? [] : (['many'] as const);
  const last = whole.at(-1) === 'many' || !after ? [] : (['many'] as const);
  return [...first, ...whole, ...last];
}
