import type { SqlDriver } from '../../store/driver.ts';

/** Calls that a finding of a rule names: a rule that fits everything is no evidence. */
export const MAX_RULE_EVIDENCE = 10_000;

/** Row ids of who and what took part in calls. */
export interface Took {
  readonly calls: readonly number[];
  readonly principals: readonly number[];
  readonly credentials: readonly number[];
  readonly endpoints: readonly number[];
  readonly chains: readonly number[];
  readonly labels: readonly string[];
}

interface Row {
  readonly id: number;
  readonly time: number | null;
  readonly principal: number | null;
  readonly label: string | null;
  readonly credential: number | null;
  readonly endpoint: number | null;
  readonly chain: number | null;
}

const known = (values: readonly (number | null)[]): readonly number[] => [
  ...new Set(values.flatMap((value) => (value === null ? [] : [value]))),
];

/** The calls in order of time, the first `MAX_RULE_EVIDENCE` of them, with who made them and where they went. */
export function evidenceOf(db: SqlDriver, calls: Iterable<number>): Took {
  const select = db.prepare(
    `SELECT c.id AS id, c.time AS time, f.principal_id AS principal, p.label AS label, c.credential_id AS credential, f.endpoint_id AS endpoint, f.chain_id AS chain
     FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN principal p ON p.id = f.principal_id WHERE c.id = ?`,
  );
  const rows: Row[] = [];
  for (const call of calls) {
    const row = select.get<Row>(call);
    if (row !== undefined) rows.push(row);
  }
  rows.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id);
  const kept = rows.slice(0, MAX_RULE_EVIDENCE);
  return {
    calls: kept.map(({ id }) => id),
    principals: known(kept.map(({ principal }) => principal)),
    credentials: known(kept.map(({ credential }) => credential)),
    endpoints: known(kept.map(({ endpoint }) => endpoint)),
    chains: known(kept.map(({ chain }) => chain)),
    labels: [...new Set(kept.flatMap(({ label }) => (label === null ? [] : [label])))].sort(),
  };
}
