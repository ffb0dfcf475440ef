import type { SpecCoverage } from '../../../../contract/inventory.ts';
import type { SqlDriver } from '../../driver.ts';
import { listEndpoints } from '../endpoints.ts';

interface SpecRow {
  readonly id: number;
  readonly title: string;
  readonly version: string;
  readonly dialect: string;
  readonly source: string;
  readonly operations: number;
  readonly deprecated: number;
}

/** What was called of every API description, by title; a description without operations is not listed. */
export function listSpecCoverage(db: SqlDriver): readonly SpecCoverage[] {
  const specs = db
    .prepare(
      `SELECT p.id, p.title, p.version, p.dialect, s.name AS source, count(o.id) AS operations, total(o.deprecated) AS deprecated
         FROM specification p JOIN source s ON s.id = p.source_id JOIN operation o ON o.specification_id = p.id
        GROUP BY p.id ORDER BY p.title, p.version, p.id`,
    )
    .all<SpecRow>();
  const operations = db
    .prepare('SELECT e.key, o.id, o.specification_id AS spec, o.deprecated FROM endpoint e JOIN operation o ON o.id = e.operation_id')
    .all<{ key: string; id: number; spec: number; deprecated: number }>();
  const endpoints = new Map(listEndpoints(db).map((endpoint) => [endpoint.id, endpoint]));
  const shadows = [...endpoints.values()].filter(({ spec }) => spec === 'shadow');
  return specs.map(({ id, title, version, dialect, source, operations: all, deprecated }) => {
    const mine = operations.filter(({ spec }) => spec === id);
    const hosts = [...new Set(mine.flatMap(({ key }) => endpoints.get(key)?.host ?? []))].sort();
    // An operation has an endpoint for each host that it was called on.
    const called = new Map(mine.filter(({ key }) => (endpoints.get(key)?.calls ?? 0) > 0).map((each) => [each.id, each.deprecated === 1]));
    const beside = shadows.filter(({ host }) => hosts.includes(host));
    return {
      id,
      title,
      version,
      dialect,
      source,
      hosts,
      operations: all,
      called: called.size,
      calls: sum(mine.map(({ key }) => endpoints.get(key)?.calls ?? 0)),
      deprecated,
      deprecatedCalled: [...called.values()].filter((isDeprecated) => isDeprecated).length,
      shadows: beside.length,
      shadowCalls: sum(beside.map(({ calls }) => calls)),
    };
  });
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
