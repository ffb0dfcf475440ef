import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { PlainSchema } from '../../../model/operation-contract.ts';
import { holdsMask } from '../../intake/masking/token.ts';
import { compilePattern } from './safe-pattern.ts';
import { toNameShape } from './shape.ts';
import { toValueSchema } from './value-schema.ts';

/** One place at which a body is not what its schema says. */
export interface BodyFault {
  readonly kind: 'undocumented-field' | 'missing-field' | 'wrong-type' | 'wrong-value' | 'no-variant';
  /** JSONPath with `[*]` for items. */
  readonly pointer: string;
}

/** Compares bodies of one side with one schema. */
export type BodyCheck = (body: Json, valuesToo: boolean) => readonly BodyFault[];

/** Places listed of one body; one that has more is of another kind altogether. */
const MAX_FAULTS = 200;

/**
 * Makes checks out of schemas, with Ajv. The schemas come from a stranger: they hold no references (so Ajv fetches and follows
 * nothing), only the keywords that `resolve-schema.ts` lets through, a bounded count of them, and patterns that run on RE2. Ajv writes
 * functions as text and escapes every name and value in it; where it refuses a schema all the same, nothing is compared.
 */
export function createBodyChecks(): (schema: PlainSchema, side: 'request' | 'response') => BodyCheck | undefined {
  return (schema, side) => {
    // An instance for each schema: Ajv keeps what it compiled for as long as it lives.
    const names = compile(toNameShape(schema));
    const values = compile(toValueSchema(schema, side));
    if (names === undefined || values === undefined) return undefined;
    return (body, valuesToo) => {
      const faults = new Map<string, BodyFault>();
      for (const validate of valuesToo ? [names, values] : [names]) {
        if (validate(body)) continue;
        for (const error of validate.errors ?? []) {
          const fault = toFault(error, body);
          if (fault !== undefined && faults.size < MAX_FAULTS) faults.set(`${fault.kind} ${fault.pointer}`, fault);
        }
      }
      return [...faults.values()];
    };
  };
}

function compile(schema: PlainSchema): ValidateFunction | undefined {
  const engine = (source: string): { test: (text: string) => boolean } => compilePattern(source) ?? { test: () => true };
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    validateFormats: false,
    ownProperties: true,
    addUsedSchema: false,
    logger: false,
    code: { regExp: Object.assign(engine, { code: '' }) },
  });
  try {
    return ajv.compile(isJsonObject(schema) ? schema : {});
  } catch (thrown) {
    // Ajv throws plain Errors for schemas that it cannot use; nothing is known about such a body then.
    if (thrown instanceof Error) return undefined;
    throw thrown;
  }
}

const VALUE_KEYWORDS = new Set(['enum', 'const', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);

function toFault(error: ErrorObject, body: Json): BodyFault | undefined {
  // What a variant lacks is told by the variants together, or not at all.
  if (/\/anyOf\/\d+(?:\/|$)/.test(error.schemaPath)) return undefined;
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  // Ajv types `params` as a bag; what each keyword puts there is in its documentation.
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'additionalProperties') return { kind: 'undocumented-field', pointer: toPointer(body, [...steps, String(params['additionalProperty'])]) };
  if (error.keyword === 'required') return { kind: 'missing-field', pointer: toPointer(body, [...steps, String(params['missingProperty'])]) };
  const value = valueAt(body, steps);
  if (isMasked(value)) return undefined;
  if (error.keyword === 'type') return { kind: 'wrong-type', pointer: toPointer(body, steps) };
  if (error.keyword === 'anyOf') return { kind: 'no-variant', pointer: toPointer(body, steps) };
  return VALUE_KEYWORDS.has(error.keyword) ? { kind: 'wrong-value', pointer: toPointer(body, steps) } : undefined;
} // prettier-ignore

function valueAt(body: Json, steps: readonly string[]): Json | undefined {
  let at: Json | undefined = body;
  for (const step of steps) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(step)];
    else if (isJsonObject(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** A masked value is not what was sent, and neither is what holds one. */
const isMasked = (value: Json | undefined): boolean => value !== undefined && holdsMask(JSON.stringify(value));

/** Names that a JSONPath writes after a dot. */
const PLAIN_NAME = /^[A-Za-z_$][\w$-]{0,80}$/;

/** `$.items[*].id`; names that are no words are quoted and cut. */
function toPointer(body: Json, steps: readonly string[]): string {
  let at: Json | undefined = body;
  let pointer = '$';
  for (const step of steps) {
    const isItem = Array.isArray(at);
    pointer += isItem ? '[*]' : PLAIN_NAME.test(step) ? `.${step}` : `[${JSON.stringify(step.slice(0, 80))}]`;
    at = isItem ? (at as readonly Json[])[Number(step)] : isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return pointer;
}
