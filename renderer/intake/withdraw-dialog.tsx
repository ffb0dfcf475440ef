import type { ResultOf } from '#shared/contract/methods.ts';
import type { SourceRow } from '#shared/contract/rows.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { useEffect } from 'react';
import { useEngineJob } from '../query/use-engine-job.ts';
import { Button } from '../widgets/button.tsx';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { Modal } from '../widgets/modal.tsx';

type Withdrawn = ResultOf<EngineMethods['sources.withdraw']>;

interface WithdrawDialogProps {
  /** What would be taken out, as the case has it now; one at least. */
  readonly sources: readonly SourceRow[];
  readonly onDone: (withdrawn: Withdrawn) => void;
  readonly onClose: () => void;
}

/** Asks before sources are taken out of the case, and says what that does. */
export function WithdrawDialog({ sources, onDone, onClose }: WithdrawDialogProps) {
  const [only] = sources;
  const name = sources.length === 1 && only !== undefined ? only.name : `${formatCount(sources.length)} sources`;
  const [job, run] = useEngineJob('sources.withdraw', `Withdrawing ${name}`);
  const result = job.kind === 'done' ? job.result : undefined;
  useEffect(() => {
    if (result !== undefined) onDone(result);
  }, [result, onDone]);
  const records = sources.reduce((sum, { accepted }) => sum + accepted, 0);
  const whose = sources.length === 1 ? 'Its' : 'Their';
  return (
    <Modal
      title={
        <>
          Withdraw <EvidenceText text={name} />?
        </>
      }
      onClose={onClose}
    >
      <ul className="plain-list">
        <li>
          {whose} <b>{formatPlural(records, 'accepted record')}</b> leave the case: no screen, finding or report counts them any more.
        </li>
        <li>
          {whose} rows in the list, ledgers, issues and SHA-256 stay, marked as withdrawn, so that the report can say what was left out.
        </li>
        <li>Findings and chains are cleared and the case has to be analysed again: some of them may rest on what goes.</li>
        <li>The files themselves stay as they are, and can be imported again.</li>
      </ul>
      {job.kind === 'failed' ? <ErrorPanel error={job.error} title="It could not be withdrawn" /> : null}
      <div className="dialog-foot">
        <Button onClick={onClose}>{sources.length === 1 ? 'Keep it' : 'Keep them'}</Button>
        <Button
          primary
          disabled={job.kind === 'running'}
          onClick={() => {
            run({ sources: sources.map((source) => source.name) });
          }}
        >
          {job.kind === 'running' ? 'Withdrawing…' : 'Withdraw'}
        </Button>
      </div>
    </Modal>
  );
}
