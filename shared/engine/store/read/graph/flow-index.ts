import type { SqlDriver } from '../../driver.ts';
import { operationOfEndpoint } from '../../../../model/inner-operation.ts';
import { toLayer } from '../../../../model/graph-layer.ts';
import { LINK_KINDS } from './case-links.ts';

/** Where a call came from: the endpoint that answered there, by row id, 0 for none, and what proves it, as index of `LINK_KINDS`. */
export interface Origin {
  readonly endpoint: number;
  readonly kind: number;
}

/** A link into a call. */
export interface IntoCall extends Origin {
  readonly confidence: number;
}

/** What calls have in common that came about alike. Ids are row ids, 0 for none. */
export interface FlowShape {
  readonly principal: number;
  readonly endpoint: number;
  /** Whose answering made the call; absent where only its caller is known. */
  readonly by: Origin | undefined;
  /** Whose answers led to it besides; each once. */
  readonly ledBy: readonly Origin[];
}

/** Numbers the different shapes of the calls of a case, from 0 in the order of their first call. */
export interface FlowIndex {
  readonly shapes: readonly FlowShape[];
  numberOf(principal: number, endpoint: number, links: readonly IntoCall[]): number;
}

/** Links that name a parent: a span that names it, a hop's request id, or a call that lies within another one on one clock. */
const PARENT = new Set<number>(['trace', 'rpc', 'nesting'].map((kind) => LINK_KINDS.findIndex((each) => each === kind)));
/** Row ids stay far below this. */
const KEY_BASE = 2 ** 26;

interface EndpointRow {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

/** Endpoints under which models answer, by row id. */
export const modelEndpoints = (db: SqlDriver): ReadonlySet<number> =>
  new Set(
    db
      .prepare('SELECT id, key, method, host, template FROM endpoint')
      .all<EndpointRow>()
      .filter((row) => toLayer(row.template, operationOfEndpoint(row)) === 'model')
      .map((row) => row.id),
  );

/**
 * Tells which links say that whoever answered one call made the other, and which that an answer led to it. A model calls nothing: what its
 * answer led to is made by whoever asked it, also where a trace hangs the one below the other.
 * Example: a gateway answers, its upstream is called in the same trace: the gateway made that. A model answers, a tool is called: led to.
 */
function originsOf(links: readonly IntoCall[], models: ReadonlySet<number>): Pick<FlowShape, 'by' | 'ledBy'> {
  let by: IntoCall | undefined;
  const ledBy: Origin[] = [];
  for (const link of links) {
    if (PARENT.has(link.kind) && !models.has(link.endpoint)) {
      if (by === undefined || link.confidence > by.confidence) by = link;
    } else if (!ledBy.some(({ endpoint, kind }) => endpoint === link.endpoint && kind === link.kind))
      ledBy.push({ endpoint: link.endpoint, kind: link.kind });
  }
  ledBy.sort((a, b) => a.endpoint - b.endpoint || a.kind - b.kind);
  return { by: by === undefined ? undefined : { endpoint: by.endpoint, kind: by.kind }, ledBy };
}

const keyOf = ({ principal, endpoint, by, ledBy }: FlowShape): string =>
  [principal, endpoint, ...(by === undefined ? [''] : [by.endpoint, by.kind]), ...ledBy.flatMap((each) => [each.endpoint, each.kind])].join(
    ' ',
  );

/** An empty index. Cost: a look-up by number for calls without a link, which are most, else by text. */
export function flowIndex(models: ReadonlySet<number>): FlowIndex {
  const shapes: FlowShape[] = [];
  const alone = new Map<number, number>();
  const linked = new Map<string, number>();
  const put = <K>(map: Map<K, number>, key: K, shape: FlowShape): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, shapes.length);
    return shapes.push(shape) - 1;
  };
  return {
    shapes,
    numberOf(principal, endpoint, links) {
      if (links.length > 0) {
        const shape = { principal, endpoint, ...originsOf(links, models) };
        return put(linked, keyOf(shape), shape);
      }
      const key = principal * KEY_BASE + endpoint;
      return alone.get(key) ?? put(alone, key, { principal, endpoint, by: undefined, ledBy: [] });
    },
  };
}
