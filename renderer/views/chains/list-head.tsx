import { useState } from 'react';
import { select } from '../../state/selection.ts';
import { formatPlural } from '../../widgets/format.ts';
import { SessionKeysDialog } from './session-keys-dialog.tsx';

interface ListHeadProps {
  readonly isFlows: boolean;
  /** Chains of the shape that the list is narrowed to; undefined where it is not, or while they are counted. */
  readonly like: string | undefined;
  readonly total: number | undefined;
}

/** What the list shows (chains, or chains grouped by what they did) and by what sessions are told. */
export function ListHead({ isFlows, like, total }: ListHeadProps) {
  const [isEditing, setEditing] = useState(false);
  const show = (tab: 'flows' | undefined): void => {
    select({ tab, like: undefined });
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
      <button
        type="button"
        className="button"
        title="Choose by which header, cookie or claim calls belong together"
        onClick={() => {
          setEditing(true);
        }}
      >
        Sessions…
      </button>
      {like === undefined ? null : (
        <p className="chain-like" role="status">
          {total === undefined ? 'Chains' : formatPlural(total, 'chain')} of one flow{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              select({ like: undefined });
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
