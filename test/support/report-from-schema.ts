import { readFileSync } from 'node:fs';
import type { ChainJson, ReportJson } from '#shared/contract/report-json.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { sampleReportView } from './report-view.ts';

interface Node {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly minimum?: number;
}

const schema = JSON.parse(readFileSync(new URL('../../resources/schema/report.schema.json', import.meta.url), 'utf8')) as Node;

/** Texts with a form of their own: all others may be anything that the evidence, or a person, wrote. */
const formed = (id: string, text: string): unknown =>
  ({ time: '2026-03-12T14:02:11.000000Z', sha256: 'ab'.repeat(32), ref: `${text}#7` })[id];

const choices = (node: Node): readonly Node[] | undefined => node.anyOf ?? node.oneOf;

/** A value of the schema with every member that it may have. `turn` chooses among the words of a list. */
function build(node: Node, text: string, turn: number, at: string, told: (place: string) => void): unknown {
  const into = (part: Node, place: string, next = turn): unknown => build(part, text, next, place, told);
  if (node.$ref !== undefined) {
    const id = node.$ref.replace(/^.*\//, '');
    if (id === 'ref') told(at);
    return formed(id, text) ?? into(schema.$defs?.[id] ?? {}, at);
  }
  if ('const' in node) return node.const;
  if (node.enum !== undefined) return node.enum[turn % node.enum.length];
  const several = choices(node);
  if (several !== undefined) return into(several[turn % several.length] ?? {}, at);
  if (node.prefixItems !== undefined) return node.prefixItems.map((part, index) => into(part, `${at}[${String(index)}]`));
  if (node.items !== undefined) {
    const kinds = choices(node.items) ?? [node.items, node.items, node.items];
    return kinds.map((part, index) => into(part, `${at}[]`, index));
  }
  if (node.type === 'object') {
    const own = Object.entries(node.properties ?? {}).map(([key, part]) => [key, into(part, `${at}.${key}`)] as const);
    const open = typeof node.additionalProperties === 'object' ? (choices(node.additionalProperties) ?? [node.additionalProperties]) : [];
    // The names of its members are free, too.
    if (open.length > 0) told(`${at}.*`);
    const more = open.map((part, index) => [`${text}${'+'.repeat(index)}`, into(part, `${at}.*`)] as const);
    return Object.fromEntries([...own, ...more]);
  }
  if (node.type === 'boolean') return turn % 2 === 0;
  if (node.type === 'integer' || node.type === 'number') return Math.max(node.minimum ?? 0, 1);
  told(at);
  return text;
}

/** Places of `report.json` where any text may stand, each once, as `$.findings[].title`. */
export function freeTextPlaces(): readonly string[] {
  const places = new Set<string>();
  build(schema, 'text', 0, '$', (place) => places.add(place));
  return [...places];
}

/** A case whose `report.json` has every member of its schema, with this text wherever any text may stand. */
export function reportFromSchema(text: string): ReportView {
  const { chains, ...json } = build(schema, text, 0, '$', () => undefined) as ReportJson;
  const view = sampleReportView(() => text);
  const call = view.call(`${text}#120`);
  return {
    ...view,
    json,
    chains: () => chains,
    chain: (id): ChainJson | undefined => chains.find((each) => each.id === id),
    call: (ref) => (call === undefined ? undefined : { ...call, ref, principal: text, endpoint: text, tool: text }),
    aheadOf: () => 0,
    place: () => ({ source: text, sourceSha256: 'ab'.repeat(32), record: 7, byteStart: 0, byteLength: 7, container: text }),
    issuesByCode: [{ source: text, code: text, severity: text, count: 1 }],
    method: [{ title: text, detail: text }],
  };
}
