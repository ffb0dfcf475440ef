import { operationOfEndpoint } from '../../../../model/inner-operation.ts';
import { toLayer } from '../../../../model/graph-layer.ts';
import type { CallColumns } from '../../columns/call-columns.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { caseLinks, LINK_KINDS, type CaseLinks } from './case-links.ts';

/** Links that name a parent: a span that names it, a hop's request id, or a call that lies within another one on one clock. */
const PARENT = new Set<number>(['trace', 'rpc', 'nesting'].map((kind) => LINK_KINDS.findIndex((each) => each === kind)));

interface EndpointRow {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

/** The links of a case, told apart. */
export interface CaseCauses {
  readonly links: CaseLinks;
  /** By ordinal: the link that names the call's parent, or -1. */
  readonly causeOf: Int32Array;
  /** By link: 1 when it names a parent. */
  readonly isParent: Uint8Array;
}

/**
 * Which links say that whoever answered one call made the other. A model calls nothing: what its answer led to is made by whoever asked it,
 * also where a trace hangs the one below the other.
 * Example: a gateway answers, its upstream is called in the same trace: the gateway made that. A model answers, a tool is called: led to.
 */
export function caseCauses(db: SqlDriver, columns: CallColumns): Promise<CaseCauses> {
  return columns.derived('graph causes', async (breathe) => {
    const links = await caseLinks(db, columns);
    const endpoints = await columns.idsOf('f.endpoint_id');
    const models = new Set(
      db
        .prepare('SELECT id, key, method, host, template FROM endpoint')
        .all<EndpointRow>()
        .filter((row) => toLayer(row.template, operationOfEndpoint(row)) === 'model')
        .map((row) => row.id),
    );
    const causeOf = new Int32Array(columns.ids.length).fill(-1);
    const isParent = new Uint8Array(links.to.length);
    for (let at = 0; at < links.to.length; at += 1) {
      if (at % SLICE === 0) await breathe();
      const to = links.to[at] ?? 0;
      if (!PARENT.has(links.kind[at] ?? 0) || models.has(endpoints[links.from[at] ?? 0] ?? 0)) continue;
      isParent[at] = 1;
      const best = causeOf[to] ?? -1;
      if (best < 0 || (links.confidence[at] ?? 0) > (links.confidence[best] ?? 0)) causeOf[to] = at;
    }
    return { links, causeOf, isParent };
  });
}
