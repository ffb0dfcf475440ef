import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { formatCount } from '../../widgets/format.ts';
import { EvidenceTabs } from './evidence-tabs.tsx';
import { KnowledgeButton } from './knowledge/button.tsx';
import { addLedgers } from './ledger.ts';

interface LedgerBarProps {
  readonly sources: readonly SourceRow[];
  /** Lists the records of all sources that were not used; absent where no such list stands below. */
  readonly onUnused?: (severity: 'reject' | 'skip') => void;
}

/** The case's whole ledger in one line; how many sources there are says the status bar. */
export function LedgerBar({ sources, onUnused }: LedgerBarProps) {
  const ledger = useMemo(() => addLedgers(sources), [sources]);
  return (
    <div className="filter-bar ledger-bar">
      <EvidenceTabs />
      <span>
        Read <b>{formatCount(ledger.records)}</b> = accepted <b>{formatCount(ledger.accepted)}</b> + rejected{' '}
        <Unused
          count={ledger.rejected}
          title="List the rejected records"
          onShow={
            onUnused &&
            (() => {
              onUnused('reject');
            })
          }
        />{' '}
        + skipped{' '}
        <Unused
          count={ledger.skipped}
          title="List the skipped records"
          onShow={
            onUnused &&
            (() => {
              onUnused('skip');
            })
          }
        />{' '}
        <Balance holds={ledger.recordsBalance} />
      </span>
      <span>
        <b>{formatCount(ledger.bytesAccounted)}</b> of <b>{formatCount(ledger.bytes)}</b> bytes accounted for{' '}
        <Balance holds={ledger.bytesBalance} />
      </span>
      <KnowledgeButton />
    </div>
  );
}

interface UnusedProps {
  readonly count: number;
  readonly title: string;
  readonly onShow: (() => void) | undefined;
}

/** Records that were not used: some lead to their list. */
function Unused({ count, title, onShow }: UnusedProps) {
  if (count === 0 || onShow === undefined) return <b>{formatCount(count)}</b>;
  return (
    <button type="button" className="link ledger-count" title={title} onClick={onShow}>
      {formatCount(count)}
    </button>
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
