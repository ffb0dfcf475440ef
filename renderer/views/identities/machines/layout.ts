import type { MachineLinkJson } from '#shared/contract/report-json.ts';

/** A caller or a service in the picture. Units: CSS px. */
export interface MapNode {
  readonly id: string;
  readonly label: string;
  readonly calls: number;
  readonly y: number;
}

/** A line from a caller to a service; all credentials added up. */
export interface MapLine {
  readonly from: MapNode;
  readonly to: MapNode;
  readonly calls: number;
  readonly failed: number;
  readonly credentials: number;
  /** Units: CSS px. */
  readonly width: number;
}

export interface MapLayout {
  readonly callers: readonly MapNode[];
  readonly services: readonly MapNode[];
  readonly lines: readonly MapLine[];
  /** Units: CSS px. */
  readonly height: number;
  /** Callers and services that do not fit. */
  readonly left: number;
}

/** Stands for calls whose records name no host. */
export const NO_HOST = 'no host';

/** More on a side than this nobody can follow; the table has them all. */
const MOST = 40;
const ROW = 24;
const MAX_WIDTH = 8;

/** Callers and services of some links, the busiest on top, as many as can be followed by eye. */
export function layMap(links: readonly MachineLinkJson[]): MapLayout {
  const callers = topOf(
    links,
    ({ principal }) => principal,
    ({ label }) => label,
  );
  const services = topOf(links, ({ service }) => service ?? NO_HOST);
  const byPair = new Map<string, { from: MapNode; to: MapNode; calls: number; failed: number; credentials: number }>();
  for (const link of links) {
    const [from, to] = [callers.nodes.get(link.principal), services.nodes.get(link.service ?? NO_HOST)];
    if (from === undefined || to === undefined) continue;
    const key = `${from.id}\n${to.id}`;
    const pair = byPair.get(key) ?? { from, to, calls: 0, failed: 0, credentials: 0 };
    byPair.set(key, pair);
    pair.calls += link.calls;
    pair.failed += link.failed;
    pair.credentials += link.credential === undefined ? 0 : 1;
  }
  const most = Math.max(1, ...[...byPair.values()].map(({ calls }) => calls));
  return {
    callers: [...callers.nodes.values()],
    services: [...services.nodes.values()],
    lines: [...byPair.values()].map((pair) => ({ ...pair, width: Math.max(1, (Math.log1p(pair.calls) / Math.log1p(most)) * MAX_WIDTH) })),
    height: Math.max(callers.nodes.size, services.nodes.size, 1) * ROW,
    left: callers.left + services.left,
  };
}

function topOf(
  links: readonly MachineLinkJson[],
  nameOf: (link: MachineLinkJson) => string,
  labelOf: (link: MachineLinkJson) => string = nameOf,
): { readonly nodes: ReadonlyMap<string, MapNode>; readonly left: number } {
  const calls = new Map<string, number>();
  const labels = new Map(links.map((link) => [nameOf(link), labelOf(link)]));
  for (const link of links) calls.set(nameOf(link), (calls.get(nameOf(link)) ?? 0) + link.calls);
  const sorted = [...calls].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    nodes: new Map(
      sorted.slice(0, MOST).map(([id, count], index) => [id, { id, label: labels.get(id) ?? id, calls: count, y: index * ROW + ROW / 2 }]),
    ),
    left: Math.max(0, sorted.length - MOST),
  };
}
