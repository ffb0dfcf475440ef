import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { SourcePath } from '../../../model/mapping.ts';

type Step = string | number;

/** Finds what stands at a path of a record. */
export type Getter = (record: JsonObject) => Json | undefined;

const STEP = /\['((?:[^'\\]|\\.)*)'\]|\[(-?\d+)\]|\.?([^.[\]]+)/y;

/** The steps of a path; a text that is no path is one key, spelled as it is. */
export function parsePath(path: SourcePath): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    const match = STEP.exec(path);
    if (match === null) return [path];
    const [, quoted, index, key] = match;
    steps.push(quoted !== undefined ? quoted.replaceAll(/\\(.)/g, '$1') : index !== undefined ? Number(index) : (key ?? ''));
  }
  return steps;
}

/** Writes a key so that `parsePath` gives it back: quoted where it has a dot or a bracket. */
export const quoteKey = (key: string): string =>
  key === '' || /[.[\]']/.test(key) ? `['${key.replaceAll(/[\\']/g, String.raw`\$&`)}']` : key;

/** Makes a path into a function, once for a whole source. */
export function compilePath(path: SourcePath): Getter {
  const steps = parsePath(path);
  const [first] = steps;
  if (steps.length === 1 && typeof first === 'string') return (record) => record[first];
  return (record) => {
    const whole = record[path];
    if (whole !== undefined) return whole;
    let value: Json | undefined = record;
    for (const step of steps) {
      if (value === undefined) return undefined;
      value = walk(value, step);
    }
    return value;
  };
}

function walk(value: Json, step: Step): Json | undefined {
  if (typeof step === 'string') return isJsonObject(value) ? value[step] : undefined;
  return Array.isArray(value) ? (value as readonly Json[]).at(step) : undefined;
}
