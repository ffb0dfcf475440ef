import type { RuntimePlace } from '../../../../model/runtime-expression.ts';
import { parameterOf, valueIn } from '../../../../model/segment-value.ts';
import type { ParameterPlace } from '../../../../model/operation-contract.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import { inBody } from './body-values.ts';
import { fieldOf, plain } from './form-fields.ts';

/** A call whose values are asked for; secrets stand in it as masks, which are the same for the same secret. */
export interface PlacedCall {
  readonly path: string;
  readonly query: string | null;
  /** Path of the operation as its description writes it. */
  readonly template: string;
  readonly detail: () => StoredDetail;
}

/** The template is the end of the path: what stands before it is the server's own. */
function inPath({ path, template }: PlacedCall, name: string): string | undefined {
  const [wanted, given] = [template.split('/').slice(1), path.split('/')];
  const segment = wanted.findIndex((each) => parameterOf(each) === name);
  const found = given[given.length - wanted.length + segment];
  return segment === -1 || found === undefined || given.length <= wanted.length - 1 ? undefined : plain(valueIn(wanted[segment], found));
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
    if (place === 'query') return fieldOf(call.query ?? '', name);
    const { requestHeaders, responseHeaders, requestBody, responseBody } = call.detail();
    if (place === 'body') return inBody(side === 'request' ? requestBody : responseBody, name);
    if (place !== 'header') return undefined;
    return (side === 'request' ? requestHeaders : responseHeaders)?.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
  };
  const value = find();
  return value === '' ? undefined : value;
}
