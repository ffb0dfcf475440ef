import type { CallRow } from '#shared/contract/rows.ts';
import type { Pattern, QueryNode } from '#shared/query/ast.ts';
import { getField, writeMethods, type FieldName } from '#shared/query/fields.ts';
import { isInNetwork, parseNetwork } from '#shared/query/network.ts';
import { parseTime } from '#shared/query/values.ts';

/** A call with what the query language may ask about it and its row does not say. */
export interface QueryRow {
  readonly call: CallRow;
  readonly findings: readonly { readonly id: string; readonly detector: string; readonly severity: string }[];
  readonly hasBody: boolean;
  readonly spec?: string;
  /** What the analyst said about any sighting of the call. */
  readonly tags: readonly string[];
  readonly notes: readonly string[];
  readonly isStarred: boolean;
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
      const { call } = row;
      const looked = [call.path, call.host, call.userAgent, call.endpoint, call.principalLabel];
      return looked.some((text) => text !== undefined && fitsPattern(['', ...node.pattern, ''], text, true));
    }
    case 'match': {
      const { caseless = false, contains = false } = getField(node.field);
      const within = (value: Pattern): Pattern => (contains ? ['', ...value, ''] : value);
      return textsOf(node.field, row).some((text) => node.values.some((value) => fitsPattern(within(value), text, caseless)));
    }
    case 'present':
      return textsOf(node.field, row).length > 0;
    case 'network': {
      const network = parseNetwork(node.network);
      return network !== undefined && textsOf(node.field, row).some((text) => isInNetwork(text, network));
    }
    case 'compare': {
      const [text] = textsOf(node.field, row);
      if (text === undefined) return false;
      const value = node.field === 'time' ? (parseTime(text)?.from ?? NaN) : Number(text);
      if (node.op === '<') return value < node.value;
      if (node.op === '<=') return value <= node.value;
      if (node.op === '>') return value > node.value;
      if (node.op === '>=') return value >= node.value;
      return value === node.value;
    }
    case 'flag':
      return fitsFlag(node.flag, row);
  }
}

function fitsFlag(flag: string, { call, findings, hasBody, spec, ...said }: QueryRow): boolean {
  if (flag === 'is:failed') return (call.status ?? 0) >= 400;
  if (flag === 'is:write') return writeMethods.some((method) => method === call.method);
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

function textsOf(name: FieldName, { call, findings, tags, notes }: QueryRow): readonly string[] {
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
    case 'tag':
      return tags;
    case 'note':
      return notes;
    case 'source':
      return [call.ref.slice(0, hash)];
    case 'record':
      return [call.ref.slice(hash + 1)];
    default:
      return present([call[name]]);
  }
}

function fitsPattern(pattern: Pattern, text: string, caseless: boolean): boolean {
  const escaped = pattern.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*');
  return new RegExp(`^${escaped}$`, caseless ? 'is' : 's').test(text);
}
