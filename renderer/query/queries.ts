import type { FindingJson } from '#shared/contract/report-json.ts';
import type { FieldName } from '#shared/query/fields.ts';
import { printQuery } from '#shared/query/print.ts';

/** A query for one exact value of a field, quoted where it must be: `host:api.acme.test`. */
export const matching = (field: FieldName, value: string): string => printQuery({ kind: 'match', field, values: [[value]] });

/** A query for a stretch of time. Shape: times as `2026-10-01T00:00:00.000000Z`; `end` is not part of it. */
export const between = (start: string, end: string): string => `time >= ${start} and time < ${end}`;

/** A query for the evidence of a finding, with that of its parts. */
export const evidenceQuery = ({ id, merged = [] }: Pick<FindingJson, 'id' | 'merged'>): string =>
  [id, ...merged].map((each) => matching('finding', each)).join(' or ');
