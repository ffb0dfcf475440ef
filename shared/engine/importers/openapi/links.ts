import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ContractLink, LinkedParameter, ParameterPlace } from '../../../model/operation-contract.ts';
import { toLooseText, toObject } from '../read/fields.ts';
import type { SpecRefs } from './spec-refs.ts';

/** Links kept of one operation, and parameters of a link. */
const MAX_LINKS = 100;
const MAX_PARAMETERS = 50;
/** Deeper in an example body no expression is looked for. */
const MAX_BODY_DEPTH = 32;
const QUALIFIED = /^(path|query|header|cookie)\.(.+)$/;

/** An operation that a link may lead to. */
export interface LinkTarget {
  readonly method: string;
  readonly path: string;
  readonly node: JsonObject;
  readonly shared: JsonObject;
}

/** Finds the operations of one description by their id and by reference. */
export interface LinkTargets {
  byId(operationId: string): LinkTarget | undefined;
  byNode(node: JsonObject): LinkTarget | undefined;
}

/** Makes operations findable; of several with one id the first counts. */
export function indexTargets(operations: readonly LinkTarget[]): LinkTargets {
  const byId = new Map<string, LinkTarget>();
  const byNode = new Map<JsonObject, LinkTarget>();
  for (const target of operations) {
    const id = toLooseText(target.node['operationId']);
    if (id !== undefined && !byId.has(id)) byId.set(id, target);
    if (!byNode.has(target.node)) byNode.set(target.node, target);
  }
  return { byId: (id) => byId.get(id), byNode: (node) => byNode.get(node) };
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Where the target takes a parameter that the link names without a place. */
function placeOf(refs: SpecRefs, { node, shared }: LinkTarget, name: string): ParameterPlace | undefined {
  for (const value of [...listOf(node['parameters']), ...listOf(shared['parameters'])]) {
    const parameter = refs.resolve(value);
    const place = toLooseText(parameter?.['in'])?.toLowerCase();
    if (parameter?.['name'] === name && (place === 'path' || place === 'query' || place === 'header' || place === 'cookie')) return place;
  }
  return undefined;
}

function toParameters(refs: SpecRefs, target: LinkTarget, given: Json | undefined): readonly LinkedParameter[] {
  return Object.entries(toObject(given))
    .slice(0, MAX_PARAMETERS)
    .flatMap(([key, value]): LinkedParameter[] => {
      if (typeof value !== 'string' || !value.includes('$')) return [];
      const [, place, name = key] = QUALIFIED.exec(key) ?? [];
      // Written with its place where two parameters share the name.
      const stands = place === undefined ? placeOf(refs, target, key) : (place as ParameterPlace);
      return stands === undefined ? [] : [{ name, in: stands, from: value }];
    });
}

/** One key of a JSON Pointer. Source: RFC 6901, section 3. */
const pointerStep = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A request body that is written as JSON within a text, which descriptions in YAML do; any other value as it is. */
function asData(given: Json | undefined): Json | undefined {
  if (typeof given !== 'string' || !/^\s*(?:\[|\{(?!\$))/.test(given)) return given;
  try {
    return JSON.parse(given) as Json; // JSON.parse gives nothing else
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return given;
    throw thrown;
  }
}

/**
 * Where the body of the linked request takes a value: one expression stands for the whole body, or members of an example body are expressions.
 * Example: `{ order: { id: "$response.body#/id" }, kind: "card" }` takes one, at `/order/id`.
 */
function toBodyPlaces(given: Json | undefined): readonly LinkedParameter[] {
  const places: LinkedParameter[] = [];
  const walk = (value: Json | undefined, pointer: string, depth: number): void => {
    if (places.length >= MAX_PARAMETERS || depth > MAX_BODY_DEPTH) return;
    if (typeof value === 'string') {
      if (value.includes('$')) places.push({ name: pointer, in: 'body', from: value });
      return;
    }
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) walk(member, pointer + pointerStep(key), depth + 1);
  };
  walk(asData(given), '', 0);
  return places;
}

/**
 * The links of an operation's answers that lead to an operation of the same description and hand a value on. What leads elsewhere, or sets
 * constants only, supports no edge and is left out.
 * Source: OpenAPI 3.1, "Link Object".
 */
export function toLinks(refs: SpecRefs, targets: LinkTargets, node: JsonObject): readonly ContractLink[] {
  const links: ContractLink[] = [];
  for (const [status, response] of Object.entries(toObject(node['responses']))) {
    for (const [name, value] of Object.entries(toObject(refs.resolve(response)?.['links']))) {
      const link = refs.resolve(value);
      const [id, ref] = [toLooseText(link?.['operationId']), toLooseText(link?.['operationRef'])];
      const referred = ref === undefined ? undefined : refs.resolve({ $ref: ref });
      const target = id === undefined ? (referred === undefined ? undefined : targets.byNode(referred)) : targets.byId(id);
      if (target === undefined) continue;
      const parameters = [...toParameters(refs, target, link?.['parameters']), ...toBodyPlaces(link?.['requestBody'])];
      if (parameters.length > 0 && links.length < MAX_LINKS)
        links.push({ name, status, method: target.method.toUpperCase(), path: target.path, parameters });
    }
  }
  return links;
}
