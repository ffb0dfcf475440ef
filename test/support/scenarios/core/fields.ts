import type { Catalogue, Field, Operation, Shape } from './api.ts';
import type { EndpointTruth } from './truth.ts';
import { VALUES } from './values.ts';

type Fields = EndpointTruth['fields'];

function walk(catalogue: Catalogue, field: Field, where: string): Fields {
  if (typeof field === 'string') {
    const value = VALUES[field];
    return [{ where, type: 'label' in value ? value.label : 'none' }];
  }
  if ('object' in field) return walkShape(catalogue, field.object, where);
  if ('array' in field) return walk(catalogue, field.array, `${where}[*]`);
  if ('list' in field) return walkShape(catalogue, shapeOf(catalogue, catalogue.entities[field.list]?.shape), `${where}[*]`);
  return [{ where, type: 'constant' in field ? (field.label ?? 'none') : 'none' }];
}

function shapeOf(catalogue: Catalogue, name: string | undefined): Shape {
  const found = name === undefined ? undefined : catalogue.shapes[name];
  if (found === undefined) throw new RangeError(`no shape ${String(name)}`);
  return found;
}

function walkShape(catalogue: Catalogue, shape: Shape, where: string): Fields {
  return Object.entries(shape).flatMap(([name, field]) => walk(catalogue, field, `${where}.${name}`));
}

/** Every leaf of an operation's bodies with what it is; `none` for a leaf that is nothing of the kind, look-alikes among them. */
export function labelledFields(catalogue: Catalogue, { answer, body }: Operation): Fields {
  const request = body === undefined ? [] : walkShape(catalogue, shapeOf(catalogue, body), 'request $');
  if ('shape' in answer) return [...request, ...walkShape(catalogue, shapeOf(catalogue, answer.shape), 'response $')];
  if ('one' in answer)
    return [...request, ...walkShape(catalogue, shapeOf(catalogue, catalogue.entities[answer.one]?.shape), 'response $')];
  const row = `response $.${answer.at}[*]${answer.wrap === undefined ? '' : `.${answer.wrap}`}`;
  return [...request, ...walkShape(catalogue, shapeOf(catalogue, catalogue.entities[answer.list]?.shape), row)];
}
