import { useEffect } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { useEngineJob } from '../../query/use-engine-job.ts';
import { select } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { Modal } from '../../widgets/modal.tsx';

/** Asks before a source is taken out of the case, and says what that does. */
export function WithdrawDialog({ source, onClose }: { readonly source: SourceRow; readonly onClose: () => void }) {
  const [job, run] = useEngineJob('sources.withdraw', `Withdrawing ${source.name}`);
  useEffect(() => {
    if (job.kind !== 'done') return;
    select({ source: undefined });
    onClose();
  }, [job.kind, onClose]);
  return (
    <Modal
      title={
        <>
          Withdraw <EvidenceText text={source.name} />?
        </>
      }
      onClose={onClose}
    >
      <ul className="plain-list">
        <li>
          Its <b>{formatPlural(source.accepted, 'accepted record')}</b> leave the case: no screen, finding or report counts them any more.
        </li>
        <li>Its row, ledger, issues and SHA-256 stay, marked as withdrawn, so that the report can say what was left out.</li>
        <li>Findings and chains are cleared and the case has to be analysed again: some of them may rest on this source.</li>
        <li>The file itself stays as it is, and can be imported again.</li>
      </ul>
      {job.kind === 'failed' ? <ErrorPanel error={job.error} title="It could not be withdrawn" /> : null}
      <div className="dialog-foot">
        <Button onClick={onClose}>Keep it</Button>
        <Button
          primary
          disabled={job.kind === 'running'}
          onClick={() => {
            run({ sources: [source.name] });
          }}
        >
          {job.kind === 'running' ? 'Withdrawing…' : 'Withdraw'}
        </Button>
      </div>
    </Modal>
  );
}
