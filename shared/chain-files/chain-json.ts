import type { ChainJson } from '../contract/report-json.ts';
import type { ChainDetail } from '../contract/rows.ts';

/** A chain as `chains` of report.json spells it, every edge included. */
export function toChainJson({ chain, calls, edges }: ChainDetail): ChainJson {
  return {
    id: chain.id,
    ...(chain.principal === undefined ? {} : { principal: chain.principal }),
    root: chain.root,
    signature: chain.signature,
    depth: chain.depth,
    ...(chain.start === undefined ? {} : { start: chain.start }),
    ...(chain.end === undefined ? {} : { end: chain.end }),
    calls: calls.map(({ ref }) => ref),
    edges,
  };
}
