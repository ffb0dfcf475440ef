import { useMemo } from 'react';
import { groupCommands, listKeyed, useCommandStore } from '../state/commands.ts';
import { keysOf } from '../state/key-reader.ts';
import { usePrefs } from '../state/prefs.ts';
import { Keys } from '../widgets/keys.tsx';
import { Modal } from '../widgets/modal.tsx';

/** Keys that every list, tree and picture has by itself, so that no command stands behind them. */
const OF_LISTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['up', 'down'], 'Move by one'],
  [['pageup', 'pagedown'], 'Move by a screenful'],
  [['home', 'end'], 'To the first, to the last'],
  [['enter'], 'Open what is selected'],
  [['esc'], 'Close, then clear the selection'],
];

/** The dialog that lists the keys: those of every command that was offered since the page was loaded, under its heading. */
export function KeyMap({ onClose }: { readonly onClose: () => void }) {
  const known = useCommandStore((state) => state.known);
  const own = usePrefs((prefs) => prefs.keys);
  const letters = usePrefs((prefs) => prefs.letterKeys);
  const groups = useMemo(() => groupCommands(listKeyed({ known }).filter((each) => keysOf(each, own).length > 0)), [known, own]);
  return (
    <Modal
      title="Keys"
      about={
        letters
          ? 'Keys without Ctrl or Alt act where a list or picture has the focus. Settings can change any of them, or switch those off.'
          : 'Keys without Ctrl or Alt are switched off in Settings.'
      }
      wide
      onClose={onClose}
    >
      <div className="key-groups">
        {groups.map(([group, commands]) => (
          <KeyGroup key={group} title={group} rows={commands.map((command) => [keysOf(command, own), command.title])} />
        ))}
        <KeyGroup title="In lists and pictures" rows={OF_LISTS} />
      </div>
    </Modal>
  );
}

function KeyGroup({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [keys: readonly string[], what: string])[];
}) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="key-map">
        {rows.map(([keys, what]) => (
          <div key={what} className="key-row">
            <dt>{what}</dt>
            <dd>
              {keys.map((each) => (
                <Keys key={each} keys={each} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
