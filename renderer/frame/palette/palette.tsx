import './palette.css';
import { Command as List } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { runCommand, type Command } from '../../state/commands.ts';
import { keysOf } from '../../state/key-reader.ts';
import { usePrefs } from '../../state/prefs.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { Keys } from '../../widgets/keys.tsx';
import { useOffers } from './offers.ts';
import { rankCommands } from './rank.ts';

/** Finds a command by any part of its name and runs it where the focus was before. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const recent = usePrefs((prefs) => prefs.commands);
  const sections = rankCommands(useOffers(), text, recent);
  const [from] = useState(() => document.activeElement);
  const chosen = useRef<Command | undefined>(undefined);
  const choose = (command: Command): void => {
    chosen.current = command;
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    onClose();
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-scrim" />
        <Dialog.Content
          className="dialog palette"
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={(event) => {
            const command = chosen.current;
            if (command === undefined) return;
            // The command may move the focus, so the focus goes back first.
            event.preventDefault();
            if (from instanceof HTMLElement) from.focus();
            runCommand(command);
          }}
        >
          <Dialog.Title className="visually-hidden">Find a command</Dialog.Title>
          <List shouldFilter={false} loop vimBindings={false} label="Commands">
            <List.Input className="palette-input" placeholder="Command, screen, case or query" value={text} onValueChange={setText} />
            <PaletteList sections={sections} text={text} onChoose={choose} />
          </List>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteListProps {
  readonly sections: ReturnType<typeof rankCommands>;
  readonly text: string;
  readonly onChoose: (command: Command) => void;
}

function PaletteList({ sections, text, onChoose }: PaletteListProps) {
  const count = sections.reduce((sum, { commands }) => sum + commands.length, 0);
  return (
    <>
      <List.List className="palette-list" label="Commands">
        {sections.map(({ heading, commands }) => (
          <List.Group key={heading ?? 'found'} {...(heading === undefined ? { value: 'found' } : { heading })}>
            {commands.map((command) => (
              <Line key={command.id} command={command} showGroup={heading === undefined || heading === 'Used last'} onChoose={onChoose} />
            ))}
          </List.Group>
        ))}
      </List.List>
      {count === 0 ? (
        <p className="palette-none muted">
          No command, screen, case or earlier query has “<EvidenceText text={text.trim()} />” in its name.
        </p>
      ) : null}
      <p className="visually-hidden" role="status">
        {formatPlural(count, 'command')}
      </p>
    </>
  );
}

interface LineProps {
  readonly command: Command;
  readonly showGroup: boolean;
  readonly onChoose: (command: Command) => void;
}

function Line({ command, showGroup, onChoose }: LineProps) {
  const own = usePrefs((prefs) => prefs.keys);
  const { id, title, group, enabled = true, reason } = command;
  return (
    <List.Item
      value={id}
      className="palette-item"
      disabled={!enabled}
      onSelect={() => {
        onChoose(command);
      }}
    >
      <span className="palette-title">
        <EvidenceText text={title} />
      </span>
      {showGroup ? <span className="muted">{group}</span> : null}
      {enabled || reason === undefined ? null : <span className="palette-reason">{reason}</span>}
      {keysOf(command, own)
        .slice(0, 1)
        .map((keys) => (
          <Keys key={keys} keys={keys} />
        ))}
    </List.Item>
  );
}
