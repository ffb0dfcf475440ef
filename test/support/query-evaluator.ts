import type { CallRow } from '#shared/contract/rows.ts';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import type { Json } from '#shared/lib/json.ts';
import type { Comparison, Pattern, QueryNode } from '#shared/query/ast.ts';
import { changesThings } from '#shared/model/endpoint-words.ts';
import { getField, isCaseless, isColumn, type FieldName, type Target } from '#shared/query/fields.ts';
import { isInNetwork, parseNetwork } from '#shared/query/network.ts';
import { parseTime } from '#shared/query/values.ts';
import { SOURCE_FORMATS } from './query-sources.ts';

/** A call with what the query language may ask about it and its row does not say. */
export interface QueryRow {
  readonly call: CallRow;
  readonly findings: readonly { readonly id: string; readonly detector: string; readonly severity: string }[];
  readonly hasBody: boolean;
  readonly hasSecret: boolean;
  readonly isRetry: boolean;
  readonly isHop: boolean;
  readonly spec?: string;
  /** Kinds of the edges that lead to it. */
  readonly edges: readonly string[];
  /** What it and its other sightings keep beside their columns. */
  readonly details: readonly StoredDetail[];
  /** First and last time of all calls. Units: µs. */
  readonly caseTimes: Readonly<Record<'start' | 'end', number>>;
  /** What the analyst said about any sighting of the call. */
  readonly tags: readonly string[];
  readonly notes: readonly string[];
  readonly isStarred: boolean;
  /** What the credential of the call is and says. */
  readonly auth?: string;
  readonly session?: string;
  readonly scopes?: readonly string[];
  /** Place in its chain. */
  readonly depth?: number | undefined;
  readonly isMarked: boolean;
}

/** Whether a call fits a query, decided the slow and obvious way; the store's SQL must agree. */
export function fits(node: QueryNode, row: QueryRow): boolean {
  switch (node.kind) {
    case 'all':
      return true;
    case 'and':
      return node.items.every((item) => fits(item, row));
    case 'or':
      return node.items.some((item) => fits(item, row));
    case 'not':
      return !fits(node.item, row);
    case 'text': {
      return wordsOf(row).some((text) => fitsPattern(['', ...node.pattern, ''], text, true));
    }
    case 'textRegex':
      return wordsOf(row).some((text) => regexOf(node.source, true).test(text));
    case 'match': {
      const inText = node.field.endsWith('.body') && node.path === undefined;
      const anywhere = inText || (isColumn(node) && getField(node.field).contains === true);
      const values = anywhere ? node.values.map((value) => ['', ...value, '']) : node.values;
      return textsAt(node, row).some((text) =>
        values.some((value) => fitsPattern(value, text, isCaseless(node) || (!inText && value.length > 1))),
      );
    }
    case 'regex':
      return textsAt(node, row).some((text) => regexOf(node.source, isCaseless(node)).test(text));
    case 'present':
      return textsAt(node, row).length > 0;
    case 'network': {
      const network = parseNetwork(node.network);
      return network !== undefined && textsOf(node.field, row).some((text) => isInNetwork(text, network));
    }
    case 'compare': {
      const [text] = textsOf(node.field, row);
      if (text === undefined) return false;
      return compares(node.field === 'time' ? (parseTime(text)?.from ?? NaN) : Number(text), node.op, node.value);
    }
    case 'moment': {
      const { anchor, offset } = node.moment;
      if (row.call.time === undefined) return false;
      return compares(parseTime(row.call.time)?.from ?? NaN, node.op, row.caseTimes[anchor] + offset * 1000);
    }
    case 'flag':
      return fitsFlag(node.flag, row);
  }
}

function compares(value: number, op: Comparison, other: number): boolean {
  if (op === '<') return value < other;
  if (op === '<=') return value <= other;
  if (op === '>') return value > other;
  if (op === '>=') return value >= other;
  return value === other;
}

const isOffHours = (time: Date): boolean =>
  time.getUTCDay() === 0 || time.getUTCDay() === 6 || time.getUTCHours() < 7 || time.getUTCHours() > 18;

function fitsFlag(flag: string, { call, findings, hasBody, hasSecret, spec, edges, details, ...said }: QueryRow): boolean {
  if (flag === 'is:inferred') return edges.length > 0 && edges.every((kind) => kind === 'nesting' || kind === 'adjacent');
  if (flag === 'has:secret') return hasSecret;
  if (flag === 'has:time') return call.time !== undefined;
  if (flag === 'has:trace') return call.traceId !== undefined;
  if (flag === 'has:header')
    return details.some((detail) => [...(detail.requestHeaders ?? []), ...(detail.responseHeaders ?? [])].length > 0);
  if (flag === 'is:failed') return (call.status ?? 0) >= 400;
  if (flag === 'is:retry') return said.isRetry;
  if (flag === 'is:hop') return said.isHop;
  if (flag === 'is:write') return changesThings(call.endpoint ?? '');
  if (flag === 'is:offhours') return call.time !== undefined && isOffHours(new Date(call.time));
  if (flag === 'is:undocumented') return spec === 'shadow';
  if (flag === 'has:finding') return findings.length > 0;
  if (flag === 'has:body') return hasBody;
  if (flag === 'has:credential') return call.credential !== undefined;
  if (flag === 'has:chain') return call.chain !== undefined;
  if (flag === 'is:starred') return said.isStarred;
  if (flag === 'is:marked') return said.isMarked;
  if (flag === 'has:tag') return said.tags.length > 0;
  if (flag === 'has:note') return said.notes.length > 0;
  return flag === `is:${call.kind ?? ''}`;
}

const seenIn = (call: CallRow): readonly string[] =>
  [call.ref, ...(call.alsoSeenAs ?? [])].map((ref) => ref.slice(0, ref.lastIndexOf('#')));

const wordsOf = ({ call }: QueryRow): readonly string[] =>
  [call.path, call.query, call.host, call.userAgent, call.referer, call.endpoint, call.principalLabel].filter((text) => text !== undefined);

const textsAt = (target: Target, row: QueryRow): readonly string[] =>
  isColumn(target) ? textsOf(target.field, row) : row.details.flatMap((detail) => textsInside(target, detail));

function textsInside({ field, path }: Target, detail: StoredDetail): readonly string[] {
  const headers = [
    ...(field === 'res.header' ? [] : (detail.requestHeaders ?? [])),
    ...(field === 'req.header' ? [] : (detail.responseHeaders ?? [])),
  ];
  if (field.endsWith('header')) return headers.filter(([name]) => name.toLowerCase() === path).map(([, value]) => value);
  const text = (field === 'req.body' ? detail.requestBody : detail.responseBody)?.text;
  if (text === undefined) return [];
  if (path === undefined) return [text];
  if (!text.startsWith('{"')) return [];
  return placesOf(JSON.parse(text) as Json, [])
    .filter(([place]) => leadsTo(path.split('.'), place))
    .map(([, value]) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

/** Every value that is no list, with the keys that lead to it; places in lists are numbers. */
function placesOf(value: Json, place: readonly (string | number)[]): readonly (readonly [readonly (string | number)[], Json])[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => placesOf(item, [...place, index]));
  const inside =
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...place, key])) : [];
  return [[place, value], ...inside];
}

/** Whether keys name a place, where the places in lists may be left out. */
function leadsTo(keys: readonly string[], place: readonly (string | number)[]): boolean {
  const [step, ...rest] = place;
  if (step === undefined) return keys.length === 0;
  if (keys[0] === String(step) && leadsTo(keys.slice(1), rest)) return true;
  return typeof step === 'number' && leadsTo(keys, rest);
}

/** Cases of tests hold calls with a status, or with nothing that says what became of them. */
function outcomeOf(status = 0): string {
  if (status === 0) return 'unknown';
  if (status === 101 || status === 304 || (status >= 200 && status < 300)) return 'given';
  return status < 400 ? 'unknown' : status === 401 || status === 403 ? 'denied' : 'failed';
}

function textsOf(name: FieldName, { call, findings, tags, notes, auth, session, scopes, depth }: QueryRow): readonly string[] {
  const present = (values: readonly (string | number | undefined)[]): readonly string[] =>
    values.filter((value) => value !== undefined).map(String);
  const labels = [call.principalLabel, call.principal];
  const hash = call.ref.lastIndexOf('#');
  switch (name) {
    case 'agent':
      return call.kind === 'agent' ? present(labels) : [];
    case 'user':
      return call.kind === 'human' ? present(labels) : [];
    case 'principal':
      return present(labels);
    case 'endpoint':
      return call.endpoint === undefined ? [] : [call.endpoint, call.endpoint.slice(call.endpoint.indexOf('/'))];
    case 'finding':
      return findings.flatMap((finding) => [finding.id, finding.detector]);
    case 'severity':
      return findings.map((finding) => finding.severity);
    case 'auth':
      return present([auth]);
    case 'session':
      return present([session]);
    case 'scope':
      return scopes ?? [];
    case 'depth':
      return present([depth]);
    case 'tag':
      return tags;
    case 'note':
      return notes;
    case 'outcome':
      return [outcomeOf(call.status)];
    case 'tool':
      return present(call.tool === undefined ? [] : [call.tool, call.tool.slice(call.tool.indexOf(':') + 1)]);
    case 'source':
      return [call.ref.slice(0, hash)];
    case 'seenIn':
      return seenIn(call);
    case 'format':
      return seenIn(call).flatMap((source) => SOURCE_FORMATS[source] ?? []);
    case 'record':
      return [call.ref.slice(hash + 1)];
    default:
      return present([call[name]]);
  }
}

function fitsPattern(pattern: Pattern, text: string, caseless: boolean): boolean {
  const escaped = pattern.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('[^]*');
  return regexOf(`^${escaped}$`, caseless).test(text);
}

const regexes = new Map<string, RegExp>();

function regexOf(source: string, caseless: boolean): RegExp {
  const key = `${String(caseless)} ${source}`;
  // RE2: a bracket that is first in a class stands for itself; to JavaScript it ends the class, as in our own `[^]*`.
  const known = regexes.get(key) ?? new RegExp(source.replace(/\[\^\](?!\*)/g, '[^\\]'), caseless ? 'i' : '');
  regexes.set(key, known);
  return known;
}
