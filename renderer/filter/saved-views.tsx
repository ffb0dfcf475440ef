import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import type { SavedView } from '#shared/contract/review.ts';
import { MAX_VIEW_NAME } from '#shared/model/review-size.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import { useReadOnly } from '../state/read-only.ts';
import { showHuntDialog } from '../state/hunt-dialog.ts';
import { setPrefs, usePrefs } from '../state/prefs.ts';
import { goTo, useSelection } from '../state/selection.ts';
import { parseLayout } from '../widgets/table/column-layout.ts';
import { Menu } from '../widgets/menu.tsx';
import type { MenuEntry } from '../widgets/menu-items.tsx';
import { Modal } from '../widgets/modal.tsx';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { Button } from '../widgets/button.tsx';
import { parsePins, withPins } from './pinned.ts';

/** What a view keeps: the query with what is switched off and what is pinned, the order, and the columns of the table. */
function currentView(): SavedView {
  const { query, off, pin, sort } = useSelection.getState().place;
  const columns = usePrefs.getState().columns['calls'];
  return {
    query,
    ...(off === undefined ? {} : { off }),
    ...(pin === undefined ? {} : { pin }),
    ...(sort === undefined ? {} : { sort }),
    ...(columns === undefined ? {} : { columns: JSON.stringify(columns) }),
  };
}

function openView(view: SavedView): void {
  const text = (key: string): string | undefined => (typeof view[key] === 'string' ? view[key] : undefined);
  const columns = parseLayout(parse(text('columns')));
  if (columns !== undefined) setPrefs({ columns: { ...usePrefs.getState().columns, calls: columns } });
  goTo({ query: view.query, off: text('off'), pin: text('pin'), sort: text('sort'), call: undefined, with: undefined });
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // written by a later version: the rest of the view still works
  }
}

/** The views that are kept in the case: opens one, keeps what is shown now, removes one. */
export function SavedViews() {
  const views = useEngineQuery('review.views', {});
  const { change } = useReview();
  const readOnly = useReadOnly();
  const [naming, setNaming] = useState(false);
  const saved = views.data ?? [];
  const items: readonly MenuEntry[] = [
    ...saved.map(({ name, view }): MenuEntry => ({
      id: `view ${name}`,
      label: toVisibleText(name),
      run: () => {
        openView(view);
      },
    })),
    ...(saved.length === 0 ? [] : (['separator'] as const)),
    {
      id: 'save',
      label: 'Keep this view…',
      disabled: readOnly,
      run: () => {
        setNaming(true);
      },
    },
    {
      id: 'detector',
      label: 'Make this query a detector…',
      disabled: readOnly,
      run: () => {
        const { query, pin } = useSelection.getState().place;
        showHuntDialog({ kind: 'detector', query: withPins(query, parsePins(pin)) });
      },
    },
    ...(saved.length === 0
      ? []
      : [
          {
            label: 'Remove',
            items: saved.map(({ name }) => ({
              id: `remove ${name}`,
              label: toVisibleText(name),
              danger: true,
              disabled: readOnly,
              run: () => {
                void change({ kind: 'view-remove', name });
              },
            })),
          },
        ]),
  ];
  return (
    <>
      <Menu label="Saved views" items={items}>
        <BookmarkPlus size={16} strokeWidth={1.5} aria-hidden="true" />
      </Menu>
      {naming ? (
        <NameView
          taken={saved.map(({ name }) => name)}
          onName={(name) => {
            setNaming(false);
            if (name !== undefined) void change({ kind: 'view-save', name, view: currentView() });
          }}
        />
      ) : null}
    </>
  );
}

interface NameViewProps {
  readonly taken: readonly string[];
  readonly onName: (name: string | undefined) => void;
}

function NameView({ taken, onName }: NameViewProps) {
  const [name, setName] = useState('');
  const wanted = name.trim();
  return (
    <Modal
      title="Keep this view"
      about="Its query, what is switched off, the order and the columns, kept in the case under a name."
      onClose={() => {
        onName(undefined);
      }}
    >
      <form
        className="review-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') onName(wanted);
        }}
      >
        <input
          type="text"
          aria-label="Name of the view"
          data-first=""
          maxLength={MAX_VIEW_NAME}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <Button type="submit" primary disabled={wanted === ''}>
          {taken.includes(wanted) ? 'Replace' : 'Keep'}
        </Button>
      </form>
    </Modal>
  );
}
