import { useState } from 'react';
import { groupCommands, listKeyed, useCommandStore, type CommandInfo } from '../../state/commands.ts';
import { withoutKeys } from '../../state/key-conflicts.ts';
import { keysOf } from '../../state/key-reader.ts';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { Button } from '../../widgets/button.tsx';
import { Keys } from '../../widgets/keys.tsx';
import { KeyField } from './key-field.tsx';

/** The keys of every command, with the ways to change, to take away and to restore them; and the switch for letter keys. */
export function KeySettings() {
  const known = useCommandStore((state) => state.known);
  const letters = usePrefs((prefs) => prefs.letterKeys);
  const own = usePrefs((prefs) => prefs.keys);
  const [changing, setChanging] = useState<string | undefined>(undefined);
  const commands = listKeyed({ known });
  return (
    <section aria-labelledby="settings-keys">
      <div className="settings-head">
        <h2 id="settings-keys">Keys</h2>
        <Button
          disabled={Object.keys(own).length === 0}
          onClick={() => {
            setPrefs({ keys: {} });
          }}
        >
          Restore all keys
        </Button>
      </div>
      <label className="settings-switch">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => {
            setPrefs({ letterKeys: event.target.checked });
          }}
        />
        Keys without Ctrl or Alt act where a list or picture has the focus
      </label>
      <p className="muted">A screen’s own commands are listed here once it was opened.</p>
      {groupCommands(commands).map(([group, members]) => (
        <table key={group} className="table settings-keys">
          <caption>{group}</caption>
          <tbody>
            {members.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                commands={commands}
                changing={changing === command.id}
                onChanging={(on) => {
                  setChanging(on ? command.id : undefined);
                }}
              />
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

interface KeyRowProps {
  readonly command: CommandInfo;
  readonly commands: readonly CommandInfo[];
  readonly changing: boolean;
  readonly onChanging: (on: boolean) => void;
}

function KeyRow({ command, commands, changing, onChanging }: KeyRowProps) {
  const own = usePrefs((prefs) => prefs.keys);
  const { id, title } = command;
  const keys = keysOf(command, own);
  const isOwn = Object.hasOwn(own, id);
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>
        {changing ? (
          <KeyField
            command={command}
            commands={commands}
            onDone={() => {
              onChanging(false);
            }}
          />
        ) : keys.length === 0 ? (
          <span className="muted">no key</span>
        ) : (
          keys.map((each) => <Keys key={each} keys={each} />)
        )}
      </td>
      <td className="settings-key-actions">
        {changing ? null : (
          <>
            <button
              type="button"
              className="link"
              aria-label={`Change the key of ${title}`}
              onClick={() => {
                onChanging(true);
              }}
            >
              Change
            </button>
            <button
              type="button"
              className="link"
              aria-label={`Take away the key of ${title}`}
              disabled={keys.length === 0}
              onClick={() => {
                setPrefs({ keys: { ...own, [id]: '' } });
              }}
            >
              Take away
            </button>
            <button
              type="button"
              className="link"
              aria-label={`Restore the key of ${title}`}
              disabled={!isOwn}
              onClick={() => {
                setPrefs({ keys: withoutKeys(own, id) });
              }}
            >
              Restore
            </button>
          </>
        )}
      </td>
    </tr>
  );
}
