import { keysFor, type KeyedId } from '../../state/built-in-keys.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { callItem } from '../../compare/tray-items.ts';
import type { Filter } from '../../filter/use-filter.ts';
import { askOnce } from '../../query/ask-once.ts';
import type { CallSort } from '../../query/use-call-pages.ts';
import { matching } from '../../query/queries.ts';
import { useMarkCommands } from '../../review/use-mark-commands.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useCommands, type Command } from '../../state/commands.ts';
import { layAndCompare } from '../../state/compare-tray.ts';
import { clearPicked, togglePicked, usePicked } from '../../state/picked.ts';
import { toChain, toMapOf } from '../../state/places.ts';
import { follow, goTo, select, usePlace, useSelection } from '../../state/selection.ts';
import { showTemplateEditor } from '../../state/template-editor.ts';
import { copyText } from '../../widgets/copy-text.ts';
import { copyItems } from './copy-items.ts';

interface CallCommandsInput {
  /** The call that the keyboard is on. */
  readonly call: CallRow | undefined;
  readonly filter: Filter;
  readonly sort: CallSort;
  readonly onRow: (index: number) => void;
  /** Asks for a row or a time to jump to. */
  readonly onGoTo: () => void;
  readonly onClose: () => void;
}

const NO_CALL = 'Choose a call first';

/** Offers what can be done with the call that the keyboard is on, or with the calls that are picked. */
export function useCallCommands(input: CallCommandsInput): void {
  const marking = useMarkCommands(
    input.call,
    usePicked((state) => state.refs),
  );
  useCommands([...marking, ...usePickCommands(input), ...useCopyCommands(input), ...useStepCommands(input)]);
}

function usePickCommands({ call, onClose }: CallCommandsInput): readonly Command[] {
  const picked = usePicked((state) => state.refs);
  const open = usePlace('call');
  const other = usePlace('with');
  const group = 'Calls';
  const one = { group, enabled: call !== undefined, reason: NO_CALL } as const;
  // Two picked calls are compared; one picked call with the one that the keyboard is on.
  const pair = picked.length === 2 ? picked : picked.length === 1 && call !== undefined ? [...picked, call.ref] : [];
  return [
    {
      ...one,
      id: 'pick-call',
      title: 'Pick, or pick no longer',
      keys: keysFor('pick-call'),
      run: () => {
        if (call !== undefined) togglePicked(call.ref);
      },
    },
    {
      id: 'compare-calls',
      title: 'Compare the two picked calls, or lay this one aside to compare',
      group,
      keys: keysFor('compare-calls'),
      enabled: new Set(pair).size === 2 || (picked.length === 0 && call !== undefined),
      reason: 'Pick two calls first',
      run: () => {
        if (new Set(pair).size === 2) goTo({ call: pair[0], with: pair[1] });
        else if (call !== undefined) layAndCompare(callItem(call.ref));
      },
    },
    {
      ...one,
      id: 'peek-call',
      title: 'Show or hide the details',
      keys: keysFor('peek-call'),
      run: () => {
        if (open === undefined) select({ call: call?.ref });
        else onClose();
      },
    },
    {
      id: 'follow-chain',
      title: 'Follow the chain of the call',
      group,
      keys: keysFor('follow-chain'),
      enabled: call?.chain !== undefined,
      reason: 'The call is linked to no other',
      run: () => {
        if (call?.chain !== undefined) follow(toChain(call.chain, call.ref));
      },
    },
    {
      id: 'show-in-graph',
      title: 'Show the principals and endpoints of its chain in the graph',
      group,
      keys: keysFor('show-in-graph'),
      enabled: call?.chain !== undefined,
      reason: 'The call is linked to no other',
      run: () => {
        if (call?.chain !== undefined) follow(toMapOf(matching('chain', call.chain)));
      },
    },
    {
      id: 'edit-templates',
      title: 'Edit path templates…',
      group,
      keys: keysFor('edit-templates'),
      enabled: call?.endpoint !== undefined,
      reason: call === undefined ? NO_CALL : 'The call has no endpoint',
      run: () => {
        showTemplateEditor(call?.endpoint);
      },
    },
    {
      id: 'close-details',
      title: 'Close the details, then pick nothing',
      group,
      keys: keysFor('close-details'),
      enabled: open !== undefined || picked.length > 0,
      reason: 'Nothing is open',
      run: () => {
        if (other !== undefined) goTo({ with: undefined });
        else if (open !== undefined) onClose();
        else clearPicked();
      },
    },
  ];
}

function useCopyCommands({ call }: CallCommandsInput): readonly Command[] {
  const detail = useEngineQuery('calls.get', { ref: call?.ref ?? '-' }, { enabled: call !== undefined });
  const items = detail.data === undefined || detail.stale ? [] : copyItems(detail.data);
  return items.map(({ id, label, text }) => ({
    id,
    title: `Copy: ${label}`,
    group: 'Copy',
    keys: keysFor(id),
    run: () => {
      void copyText(text());
    },
  }));
}

/** What decides which rows are shown, and their order: another query asked meanwhile has other rows. */
const shownRows = (): string => {
  const { query, pin = '', sort = '' } = useSelection.getState().place;
  return JSON.stringify([query, pin, sort]);
};

/** `[` and `]`, `{` and `}`: the marked call, or the call that a finding names, before and after this one. */
function useStepCommands({ call, filter, sort, onRow, onGoTo }: CallCommandsInput): readonly Command[] {
  const step = async (clause: string, by: 1 | -1): Promise<void> => {
    const asked = shownRows();
    const found = await askOnce('calls.step', { query: filter.good, sort, clause, by, ...(call === undefined ? {} : { ref: call.ref }) });
    if (found.ref === undefined || found.index === undefined || shownRows() !== asked) return;
    select({ call: found.ref, with: undefined });
    onRow(found.index);
  };
  const make = (id: KeyedId, title: string, clause: string, by: 1 | -1): Command => ({
    id,
    title,
    group: 'Calls',
    keys: keysFor(id),
    run: () => {
      // Nothing to step to is no failure; a lost connection is the frame's to tell.
      step(clause, by).catch(() => undefined);
    },
  });
  return [
    { id: 'go-to-row', title: 'Go to a row or a time…', group: 'Calls', keys: keysFor('go-to-row'), run: onGoTo },
    make('previous-marked', 'Previous marked call', 'is:marked', -1),
    make('next-marked', 'Next marked call', 'is:marked', 1),
    make('previous-finding', 'Previous call that a finding names', 'has:finding', -1),
    make('next-finding', 'Next call that a finding names', 'has:finding', 1),
  ];
}
