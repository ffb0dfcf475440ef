import { useState } from 'react';
import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { CompareButton } from '../../../compare/compare-button.tsx';
import { principalItem } from '../../../compare/tray-items.ts';
import { useCompareCommand } from '../../../compare/use-compare-command.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toSpread } from '../../../state/places.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { Button } from '../../../widgets/button.tsx';
import { UndoLine } from '../parts/undo-line.tsx';
import { OwnerDialog, SplitDialog } from './edit-dialogs.tsx';

/** What can be done with a principal, and the way back from what was done. */
export function DossierActions({ principal }: { readonly principal: PrincipalJson }) {
  const [asked, setAsked] = useState<'owner' | 'split' | undefined>(undefined);
  const readOnly = useReadOnly();
  const item = principalItem(principal.id, principal.label);
  useCompareCommand('caller', item);
  const whyNoSplit = readOnly ?? (principal.joined.length === 0 ? 'Nothing was joined in it' : undefined);
  const close = (): void => {
    setAsked(undefined);
  };
  return (
    <>
      <div className="card-actions">
        <GoLink to={toCalls(matching('principal', principal.id))} className="button">
          Show its calls
        </GoLink>
        <GoLink to={toSpread(matching('principal', principal.id))} className="button">
          Hosts it reached
        </GoLink>
        <CompareButton item={item} />
        <BeforeAndAfter principal={principal.id} />
        <Button
          disabled={readOnly}
          onClick={() => {
            setAsked('owner');
          }}
        >
          Set the owner…
        </Button>
        <Button
          disabled={whyNoSplit}
          onClick={() => {
            setAsked('split');
          }}
        >
          Split…
        </Button>
      </div>
      <UndoLine isOurs={(label) => label.includes(principal.id)} />
      {asked === 'owner' ? <OwnerDialog principal={principal} onClose={close} /> : null}
      {asked === 'split' ? <SplitDialog principal={principal} onClose={close} /> : null}
    </>
  );
}

/** Its calls in the time that tells what is usual beside those after it; nothing where no such time is known. */
function BeforeAndAfter({ principal }: { readonly principal: string }) {
  const until = useEngineQuery('case.board', {}).data?.progress.baseline?.[1];
  if (until === undefined) return null;
  const own = matching('principal', principal);
  return (
    <GoLink
      to={{ view: 'compare', query: '', left: `${own} and time < ${until}`, right: `${own} and time >= ${until}` }}
      className="button"
      title="Its calls of the baseline beside those since"
    >
      Before and after
    </GoLink>
  );
}
