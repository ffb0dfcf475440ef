import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { formatCount } from '../../widgets/format.ts';
import { EvidenceTabs } from './evidence-tabs.tsx';
import { KnowledgeButton } from './knowledge/button.tsx';
import { addLedgers } from './ledger.ts';

/** The case's whole ledger in one line; how many sources there are says the status bar. */
export function LedgerBar({ sources }: { readonly sources: readonly SourceRow[] }) {
  const ledger = useMemo(() => addLedgers(sources), [sources]);
  return (
    <div className="filter-bar ledger-bar">
      <EvidenceTabs />
      <span>
        Read <b>{formatCount(ledger.records)}</b> = accepted <b>{formatCount(ledger.accepted)}</b> + rejected{' '}
        <b>{formatCount(ledger.rejected)}</b> + skipped <b>{formatCount(ledger.skipped)}</b> <Balance holds={ledger.recordsBalance} />
      </span>
      <span>
        <b>{formatCount(ledger.bytesAccounted)}</b> of <b>{formatCount(ledger.bytes)}</b> bytes accounted for{' '}
        <Balance holds={ledger.bytesBalance} />
      </span>
      <KnowledgeButton />
    </div>
  );
}

/** Whether two sides of a ledger agree: word and shape, then colour. */
export function Balance({ holds, word = true }: { readonly holds: boolean; readonly word?: boolean }) {
  const text = holds ? 'balances' : 'does not balance';
  const Icon = holds ? CircleCheck : TriangleAlert;
  return (
    <span className={holds ? 'balance ok' : 'balance severity-high'} {...(word ? {} : { role: 'img', 'aria-label': text, title: text })}>
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      {word ? text : null}
    </span>
  );
}
