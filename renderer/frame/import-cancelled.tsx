import { X } from 'lucide-react';
import { useState } from 'react';
import { WithdrawDialog } from '../intake/withdraw-dialog.tsx';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useSession, type ImportRun } from '../state/session.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatBytes, formatPlural, nameFiles } from '../widgets/format.ts';
import { IconButton } from '../widgets/icon-button.tsx';

/** What a cancelled import has left in the case, and the way to take it out again. */
export function ImportCancelled({ run }: { readonly run: Extract<ImportRun, { kind: 'cancelled' }> }) {
  const { current, sources } = run.log;
  const [asking, setAsking] = useState(false);
  const readOnly = useReadOnly();
  // As the case has them now: since the cancel some may have been withdrawn one by one, or read to their end.
  const standing = useEngineQuery('sources.list', {}).data;
  const left = (standing ?? []).filter(({ name, state }) => run.brought.includes(name) && state !== 'withdrawn');
  if (standing !== undefined && run.brought.length > 0 && left.length === 0) return <Withdrawn count={run.brought.length} />;
  return (
    <section className="import-band import-cancelled" aria-label="Cancelled import">
      <div className="import-row">
        <h2>
          Import of <EvidenceText text={nameFiles(run.names)} /> cancelled
        </h2>
        <p className="import-amount">What was read until then is kept in the case.</p>
        <div className="actions">
          {left.length === 0 ? null : (
            <Button
              disabled={readOnly}
              title="Takes its calls out of the case; the row and the SHA-256 of each source stay, marked as withdrawn"
              onClick={() => {
                setAsking(true);
              }}
            >
              Withdraw what was read…
            </Button>
          )}
          <Dismiss />
        </div>
      </div>
      <p className="import-counts">
        {current === undefined ? (
          `All ${formatPlural(sources, 'source')} that it had begun were read to their end; what comes after, the analysis, was not done.`
        ) : (
          <>
            <b>
              <EvidenceText text={current.name} />
            </b>{' '}
            was interrupted after {formatBytes(current.bytes)}: it can be read again or withdrawn below.
            {sources === 0 ? '' : ` ${formatPlural(sources, 'source')} before it ${sources === 1 ? 'is' : 'are'} whole.`} What would have
            followed was not read; drop the same files again to go on, nothing counts twice.
          </>
        )}
      </p>
      {asking && left.length > 0 ? (
        <WithdrawDialog
          sources={left}
          onDone={() => {
            setAsking(false);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
    </section>
  );
}

function Dismiss() {
  return (
    <IconButton
      icon={X}
      label="Dismiss"
      onClick={() => {
        useSession.setState({ importing: undefined });
      }}
    />
  );
}

function Withdrawn({ count }: { readonly count: number }) {
  return (
    <section className="import-band import-cancelled" aria-label="Cancelled import">
      <div className="import-row" role="status">
        <h2>Import cancelled and withdrawn</h2>
        <p className="import-amount">
          {count === 1 ? 'Its source stays' : `Its ${formatPlural(count, 'source')} stay`} in the list below, without calls, and can be read
          again.
        </p>
        <div className="actions">
          <Dismiss />
        </div>
      </div>
    </section>
  );
}
