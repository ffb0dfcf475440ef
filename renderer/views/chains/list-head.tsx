import { useState } from 'react';
import type { ChainMark } from '#shared/model/chain-mark.ts';
import type { ChainNarrowing } from '../../query/use-chain-pages.ts';
import { select } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { SessionKeysDialog } from './session-keys-dialog.tsx';

const MARK_WORDS: Readonly<Record<ChainMark, string>> = { failed: 'with a failure', incident: 'with an incident' };

/** True when the list shows some of the chains only. */
export const isNarrowed = ({ like, only }: ChainNarrowing): boolean => like !== undefined || only !== undefined;

/** Words behind a number of chains: `of one flow with a failure`. */
const narrowedTo = ({ like, only }: ChainNarrowing): string =>
  [...(like === undefined ? [] : ['of one flow']), ...(only === undefined ? [] : [MARK_WORDS[only]])].join(' ');

interface ListHeadProps {
  readonly isFlows: boolean;
  readonly narrowing: ChainNarrowing;
  readonly total: number | undefined;
}

/** What the list shows (chains, or chains grouped by what they did) and by what sessions are told. */
export function ListHead({ isFlows, narrowing, total }: ListHeadProps) {
  const [isEditing, setEditing] = useState(false);
  const show = (tab: 'flows' | undefined): void => {
    select({ tab, like: undefined, only: undefined });
  };
  return (
    <div className="chain-list-head">
      <div className="segmented" role="group" aria-label="List">
        <button
          type="button"
          aria-pressed={!isFlows}
          onClick={() => {
            show(undefined);
          }}
        >
          Chains
        </button>
        <button
          type="button"
          aria-pressed={isFlows}
          title="Chains that did the same, as one row"
          onClick={() => {
            show('flows');
          }}
        >
          Flows
        </button>
      </div>
      <Button
        title="Choose by which header, cookie or claim calls belong together"
        onClick={() => {
          setEditing(true);
        }}
      >
        Sessions…
      </Button>
      {!isNarrowed(narrowing) ? null : (
        <p className="chain-like" role="status">
          {total === undefined ? 'Chains' : formatPlural(total, 'chain')} {narrowedTo(narrowing)}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              select({ like: undefined, only: undefined });
            }}
          >
            Show all chains
          </button>
        </p>
      )}
      {isEditing ? (
        <SessionKeysDialog
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : null}
    </div>
  );
}
