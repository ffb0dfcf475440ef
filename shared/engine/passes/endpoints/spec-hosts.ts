import type { SqlDriver } from '../../store/driver.ts';
import { splitPath } from './segment.ts';
import { createSpecRouter, type SpecMatch, type SpecOperation, type SpecRouter } from './spec-router.ts';

/** A description without a host of the evidence is taken to describe a host of which it knows this share of the calls. */
const MIN_FIT = 0.5;
/** Paths of a host that are tried against such a description. */
const SAMPLE = 500;

/** All descriptions of a case, ready to look calls up in. */
export interface SpecIndex {
  readonly routers: readonly SpecRouter[];
  /** True when some description speaks for this host, at this port where one is asked for. */
  covers(host: string, port?: number | null): boolean;
  match(method: string, host: string, segments: readonly string[]): SpecMatch | undefined;
  /** The host under which an operation that nothing called is listed. */
  hostOf(router: SpecRouter): string;
}

interface OperationRow {
  readonly id: number;
  readonly specification_id: number;
  readonly method: string;
  readonly path: string;
  readonly deprecated: number;
}

/**
 * Reads the descriptions and decides which hosts each speaks for: its servers' hosts that occur in the evidence, at their ports where they name
 * some; when none does (a description with relative servers, or of another environment), the hosts whose calls it mostly knows.
 */
export function readSpecIndex(db: SqlDriver): SpecIndex {
  const routers = readRouters(db);
  const hosts = db
    .prepare("SELECT DISTINCT ifnull((SELECT value FROM term WHERE id = host_id), '') AS host, ifnull(host_id, 0) AS id, port FROM call")
    .all<{ host: string; id: number; port: number | null }>();
  const byHost = new Map<string, SpecRouter[]>();
  const listed = new Map<SpecRouter, string>();
  const claim = (host: string, router: SpecRouter): void => {
    byHost.set(host, [...(byHost.get(host) ?? []), router]);
    if (!listed.has(router)) listed.set(router, host);
  };
  for (const router of routers) {
    const own = hosts
      .filter(({ host, port }) => router.hosts.includes(host.toLowerCase()) && router.isAt(host.toLowerCase(), port))
      .map(({ host }) => host.toLowerCase());
    for (const host of [...new Set(own)].sort()) claim(host, router);
    if (own.length > 0) continue;
    const others = new Map(hosts.map(({ host, id }) => [id, host.toLowerCase()]));
    for (const host of [...others].flatMap(([id, name]) => (fits(db, id, router) ? [name] : [])).sort()) claim(host, router);
  }
  return {
    routers,
    covers: (host, port) =>
      (byHost.get(host) ?? []).some((router) => port === undefined || !router.hosts.includes(host) || router.isAt(host, port)),
    match(method, host, segments) {
      let known: SpecMatch | undefined;
      for (const router of byHost.get(host) ?? []) {
        const match = router.match(method, segments);
        if (match?.operation !== undefined) return match;
        known ??= match;
      }
      return known;
    },
    hostOf: (router) => listed.get(router) ?? router.hosts[0] ?? '',
  };
}

function readRouters(db: SqlDriver): readonly SpecRouter[] {
  const operations = new Map<number, SpecOperation[]>();
  for (const row of db
    .prepare('SELECT id, specification_id, method, path, deprecated FROM operation ORDER BY specification_id, record')
    .all<OperationRow>()) {
    const operation = {
      id: row.id,
      specificationId: row.specification_id,
      method: row.method.toUpperCase(),
      path: row.path,
      deprecated: row.deprecated === 1,
    };
    const list = operations.get(row.specification_id);
    if (list === undefined) operations.set(row.specification_id, [operation]);
    else list.push(operation);
  }
  // By name of source, so that of two descriptions that know a call the same one wins in every case file.
  return db
    .prepare('SELECT p.id, p.servers FROM specification p JOIN source s ON s.id = p.source_id ORDER BY s.name, p.id')
    .all<{ id: number; servers: string }>()
    .map(({ id, servers }) => createSpecRouter(JSON.parse(servers) as readonly string[], operations.get(id) ?? []));
}

function fits(db: SqlDriver, hostId: number, router: SpecRouter): boolean {
  const sample = db
    .prepare(
      'SELECT DISTINCT (SELECT value FROM term WHERE id = method_id) AS method, path FROM call WHERE ifnull(host_id, 0) = ? AND path IS NOT NULL AND method_id IS NOT NULL ORDER BY path, method LIMIT ?',
    )
    .all<{ method: string; path: string }>(hostId, SAMPLE);
  const known = sample.filter(({ method, path }) => router.match(method.toUpperCase(), splitPath(path))?.operation !== undefined).length;
  return known > 0 && known / sample.length >= MIN_FIT;
}
