/**
 * What the Sigma specification demands of a rule and of a correlation, as JSON Schema: what must stand there, types, enums, lengths, forms of
 * dates, tags and ids. Facts of the public repository SigmaHQ/sigma-specification (public domain): `json-schema/sigma-detection-rule-schema.json`
 * (3c7f04bd, version 2.0.0) and `sigma-correlation-rules-schema.json` (036d5cd7, version 2.0.1). Where the second one's `value_count` wants
 * `field` beside the condition and its own text within it, the text is followed, as `specification/sigma-correlation-rules-specification.md` does.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, uniqueItems: true };
const date = { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12]\\d|3[01])$' };
const common = {
  title: { type: 'string', minLength: 1, maxLength: 256 },
  id: { type: 'string', pattern: '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
  name: { type: 'string', minLength: 2, maxLength: 256 },
  status: { enum: ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] },
  description: { type: 'string', maxLength: 65_535 },
  author: text,
  references: texts,
  date,
  modified: date,
  falsepositives: { type: 'array', items: { type: 'string', minLength: 2 }, uniqueItems: true },
  level: { enum: ['informational', 'low', 'medium', 'high', 'critical'] },
  tags: { type: 'array', items: { type: 'string', pattern: '^[a-z0-9_-]+\\.[a-z0-9._-]+$' }, uniqueItems: true },
};

const value = { type: ['string', 'number', 'boolean', 'null'] };
const search = { type: 'object', minProperties: 1, additionalProperties: { anyOf: [value, { type: 'array', items: value, minItems: 1 }] } };
const rule = {
  type: 'object',
  properties: {
    ...common,
    logsource: { type: 'object', properties: { category: text, product: text, service: text, definition: text }, additionalProperties: false, minProperties: 1 },
    detection: {
      type: 'object',
      properties: { condition: text },
      additionalProperties: { anyOf: [search, { type: 'array', items: { anyOf: [search, text] }, minItems: 1 }] },
      required: ['condition'],
      minProperties: 2,
    },
    fields: texts,
  },
  required: ['title', 'logsource', 'detection'],
}; // prettier-ignore

const count = { type: 'integer' };
const counted = (type: string, needs: readonly string[]): object => ({
  if: { properties: { type: { const: type } } },
  then: { required: needs },
});
const correlation = {
  type: 'object',
  properties: {
    ...common,
    correlation: {
      type: 'object',
      properties: {
        type: { enum: ['event_count', 'temporal', 'temporal_ordered', 'value_count'] },
        rules: { type: 'array', items: { type: 'string', minLength: 2 }, minItems: 1, uniqueItems: true },
        aliases: { type: 'object' },
        'group-by': texts,
        timespan: { type: 'string', pattern: '^\\d+[smhdwMqy]$', maxLength: 10 },
        condition: {
          type: 'object',
          properties: { gt: count, gte: count, lt: count, lte: count, eq: count, field: { anyOf: [text, texts] } },
          additionalProperties: false,
          minProperties: 1,
          maxProperties: 3,
        },
      },
      required: ['type', 'rules', 'timespan'],
      additionalProperties: false,
      allOf: [
        counted('event_count', ['condition', 'group-by']),
        counted('value_count', ['condition', 'group-by']),
        counted('temporal', ['group-by']),
        counted('temporal_ordered', ['group-by']),
      ],
    },
    generate: { type: 'boolean' },
  },
  required: ['title', 'correlation'],
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
const [isRule, isCorrelation] = [ajv.compile(rule), ajv.compile(correlation)];

type Document = Readonly<Record<string, unknown>>;

/** The documents of a file of Sigma rules; notes alone are none. */
export const sigmaDocuments = (file: string): readonly Document[] =>
  parseAllDocuments(file)
    .map((document) => document.toJS() as unknown)
    .filter((document): document is Document => typeof document === 'object' && document !== null);

/** What is wrong with the documents of a file of Sigma rules, as ajv says it; a correlation has to find its rules in the same file. */
export function sigmaFaults(documents: readonly Document[]): readonly string[] {
  const known = new Set(documents.flatMap(({ id, name }) => [id, name]));
  return documents.flatMap((document) => {
    const check = 'correlation' in document ? isCorrelation : isRule;
    const faults = check(document) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
    const { rules = [] } = (document['correlation'] ?? {}) as { readonly rules?: readonly string[] }; // checked above
    return [...faults, ...rules.filter((each) => !known.has(each)).map((each) => `${each} is no rule of the file`)];
  });
}
