import { PanelBottom, PanelRight, Radar } from 'lucide-react';
import type { Filter } from '../../filter/use-filter.ts';
import type { CallSort } from '../../query/use-call-pages.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { toChain, toFinding } from '../../state/places.ts';
import { showHuntDialog } from '../../state/hunt-dialog.ts';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { follow, goTo } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { CallDetail } from '../../widgets/call/call-detail.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { CopyMenu } from '../../widgets/copy-menu.tsx';
import { CallReview } from '../../review/call-review.tsx';
import { copyItems } from './copy-items.ts';

interface SelectedCallProps {
  readonly reference: string;
  readonly filter: Filter;
  readonly sort: CallSort;
  readonly onClose: () => void;
}

/** The selected call in full, under the table or beside it. */
export function SelectedCall({ reference, filter, sort, onClose }: SelectedCallProps) {
  const detail = useEngineQuery('calls.get', { ref: reference });
  const place = useEngineQuery('calls.position', { ref: reference, query: filter.good, sort });
  const isElsewhere = !place.stale && place.data !== undefined && place.data.index === undefined;
  const beside = usePrefs((prefs) => prefs.detail === 'beside');
  return (
    <Answer query={detail} what="this call" lines={6}>
      {(data) => (
        <CallDetail
          detail={data}
          notice={isElsewhere ? 'This call does not fit the query; it is not among the rows above.' : undefined}
          onClause={filter.include}
          onClose={onClose}
          onCall={(ref) => {
            goTo({ call: ref });
          }}
          onChain={(chain, call) => {
            follow(toChain(chain, call));
          }}
          onFinding={(finding) => {
            goTo(toFinding(finding));
          }}
          tools={
            <>
              <CopyMenu items={copyItems(data)} label="Copy this call" />
              <IconButton
                icon={Radar}
                label="More calls like this one"
                onClick={() => {
                  showHuntDialog({ kind: 'similar', to: { kind: 'call', ref: data.call.ref } });
                }}
              />
              <IconButton
                icon={beside ? PanelBottom : PanelRight}
                label={beside ? 'Details below the table' : 'Details beside the table'}
                onClick={() => {
                  setPrefs({ detail: beside ? 'below' : 'beside' });
                }}
              />
            </>
          }
          review={<CallReview call={data.call} />}
        />
      )}
    </Answer>
  );
}
