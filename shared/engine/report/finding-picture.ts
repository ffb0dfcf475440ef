import type { ChainJson, FindingJson } from '../../contract/report-json.ts';
import type { Block } from './blocks.ts';
import { chainPicture } from './chain-picture.ts';
import type { ReportView } from './section.ts';

/** The chain of a finding that holds most of its evidence; the earlier one of two that hold the same. */
export function mainChain(view: ReportView, finding: FindingJson): ChainJson | undefined {
  const evidence = new Set(finding.calls);
  let best: ChainJson | undefined;
  let most = 0;
  for (const id of finding.chains) {
    const chain = view.chain(id);
    const shared = chain?.calls.filter((ref) => evidence.has(ref)).length ?? 0;
    if (chain !== undefined && shared > most) {
      best = chain;
      most = shared;
    }
  }
  return best;
}

/** The picture of a finding's main chain; undefined when no chain holds its evidence. */
export function findingPicture(view: ReportView, finding: FindingJson): Extract<Block, { kind: 'chain' }> | undefined {
  const chain = mainChain(view, finding);
  if (chain === undefined) return undefined;
  return chainPicture(
    chain,
    {
      aheadOf: (ref) => view.aheadOf(ref),
      call: (ref) => view.call(ref),
      marked: new Set(finding.calls),
      severity: finding.severity,
      kindOf: new Map(view.json.principals.map((principal) => [principal.id, principal.kind])),
    },
    'The chain behind the finding',
  );
}
