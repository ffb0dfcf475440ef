import type { RuntimePlace } from '../../../model/runtime-expression.ts';
import { pointerKeys } from '../../../model/runtime-expression.ts';
import { parameterOf, valueIn } from '../../../model/segment-value.ts';
import type { ParameterPlace } from '../../../model/operation-contract.ts';
import { printKey, scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masked-call.ts';

/** A call whose values are asked for; secrets stand in it as masks, which are the same for the same secret. */
export interface PlacedCall {
  readonly path: string;
  readonly query: string | null;
  /** Path of the operation as its description writes it. */
  readonly template: string;
  readonly detail: () => StoredDetail;
}

/** Text of a URL without its escapes; as it stands where they are broken. */
function plain(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** The template is the end of the path: what stands before it is the server's own. */
function inPath({ path, template }: PlacedCall, name: string): string | undefined {
  const [wanted, given] = [template.split('/').slice(1), path.split('/')];
  const segment = wanted.findIndex((each) => parameterOf(each) === name);
  const found = given[given.length - wanted.length + segment];
  return segment === -1 || found === undefined || given.length <= wanted.length - 1 ? undefined : plain(valueIn(wanted[segment], found));
}

function inQuery({ query }: PlacedCall, name: string): string | undefined {
  for (const pair of (query ?? '').split('&')) {
    const split = pair.indexOf('=');
    if (split > 0 && plain(pair.slice(0, split)) === name) return plain(pair.slice(split + 1).replaceAll('+', ' '));
  }
  return undefined;
}

/** How scans of JSON may write the place of a JSON Pointer: a number is a place in a list, or a key. */
export function pointerTexts(pointer: string): readonly string[] {
  let texts = ['$'];
  for (const key of pointerKeys(pointer)) {
    const steps = /^(?:0|[1-9]\d*)$/.test(key) && texts.length < 64 ? [`[${key}]`, printKey(key)] : [printKey(key)];
    texts = texts.flatMap((text) => steps.map((step) => text + step));
  }
  return texts;
}

function inBody(text: string | undefined, pointer: string): string | undefined {
  const wanted = new Set(pointerTexts(pointer));
  let found: string | undefined;
  scanJson(text ?? '', (leaf) => {
    if (leaf.kind !== 'literal' && wanted.has(leaf.pointer)) found = leaf.text;
    return found === undefined;
  });
  return found;
}

/** The value at a place of a call. `undefined` where the evidence does not show it; an empty value says nothing either. */
export function valueAt(
  call: PlacedCall,
  side: RuntimePlace['side'],
  place: RuntimePlace['in'] | ParameterPlace,
  name: string,
): string | undefined {
  const find = (): string | undefined => {
    if (place === 'path') return inPath(call, name);
    if (place === 'query') return inQuery(call, name);
    const { requestHeaders, responseHeaders, requestBody, responseBody } = call.detail();
    if (place === 'body') return inBody((side === 'request' ? requestBody : responseBody)?.text, name);
    if (place !== 'header') return undefined;
    return (side === 'request' ? requestHeaders : responseHeaders)?.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
  };
  const value = find();
  return value === '' ? undefined : value;
}
