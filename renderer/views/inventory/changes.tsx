import { useEngineQuery } from '../../query/use-engine-query.ts';
import { showPassphraseDialog } from '../../state/passphrase-dialog.ts';
import { usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { parseChoice, type CompareChoice } from './compare-choice.ts';
import { CompareForm } from './compare-form.tsx';
import { ComparisonResult } from './comparison-result.tsx';
import { GrowthTable } from './growth-table.tsx';
import { InventoryTabs } from './inventory-bar.tsx';
import { Usual } from './usual.tsx';

/** How the inventory grew week by week, and what changed between two windows of the case, or from another case to this one. */
export function Changes() {
  const growth = useEngineQuery('inventory.growth', {});
  const info = useEngineQuery('case.info', {});
  const chosen = usePlace('compare');
  const choice = parseChoice(chosen);
  return (
    <>
      <div className="filter-bar inv-bar">
        <InventoryTabs />
      </div>
      <div className="inv-scroll inv-changes" tabIndex={0} role="region" aria-label="Growth and changes">
        <section className="inv-part">
          <h2>Growth by week</h2>
          <Answer query={growth} what="the growth by week" lines={4}>
            {(weeks) => <GrowthTable weeks={weeks} />}
          </Answer>
        </section>
        <Usual />
        <section className="inv-part">
          <h2>What changed</h2>
          <Answer query={info} what="when the case has calls" lines={3}>
            {({ window }) => <CompareForm key={chosen ?? ''} window={window} choice={choice} />}
          </Answer>
          {choice === undefined ? null : choice.kind === 'case' ? <WithCase id={choice.id} /> : <OfWindows choice={choice} />}
        </section>
      </div>
    </>
  );
}

function WithCase({ id }: { readonly id: string }) {
  const comparison = useEngineQuery('host.compareCase', { id });
  if (comparison.error?.code === 'passphrase-needed' || comparison.error?.code === 'wrong-passphrase')
    return <LockedOther id={id} isWrong={comparison.error.code === 'wrong-passphrase'} />;
  return (
    <Answer query={comparison} what="the comparison with the other case" lines={8}>
      {(data) => <ComparisonResult comparison={data} stale={comparison.stale} />}
    </Answer>
  );
}

function LockedOther({ id, isWrong }: { readonly id: string; readonly isWrong: boolean }) {
  const name = id.replace(/\.spoor$/, '');
  return (
    <EmptyState
      title={isWrong ? 'Wrong passphrase, or the other case is damaged' : 'The other case is encrypted'}
      actions={
        <Button
          primary
          onClick={() => {
            showPassphraseDialog({ kind: 'unlock', locked: { kind: 'compared', id, name } });
          }}
        >
          Give its passphrase
        </Button>
      }
    >
      It is read for the comparison only; the key is forgotten with the open case.
    </EmptyState>
  );
}

function OfWindows({ choice: { before, after } }: { readonly choice: CompareChoice & { readonly kind: 'windows' } }) {
  const comparison = useEngineQuery('inventory.compare', { before, after });
  return (
    <Answer query={comparison} what="the comparison of the two windows" lines={8}>
      {(data) => <ComparisonResult comparison={data} stale={comparison.stale} windows={{ before, after }} />}
    </Answer>
  );
}
