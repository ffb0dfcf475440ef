import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { CommandInfo } from '../../state/commands.ts';
import { findConflicts, withKeys } from '../../state/key-conflicts.ts';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { Button } from '../../widgets/button.tsx';
import { isCharacterStep, keyCaps, onMac, printKeys, stepOfEvent, type KeyStep } from '../../widgets/key-steps.ts';

interface KeyFieldProps {
  readonly command: CommandInfo;
  readonly commands: readonly CommandInfo[];
  readonly onDone: () => void;
}

/** Takes the keys that are pressed in it as a command's new ones: one press, or two characters one after the other. */
export function KeyField({ command, commands, onDone }: KeyFieldProps) {
  const own = usePrefs((prefs) => prefs.keys);
  const [steps, setSteps] = useState<readonly KeyStep[]>([]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const keys = printKeys(steps);
  const conflicts = steps.length === 0 ? [] : findConflicts(commands, own, command.id, keys);
  const keep = (): void => {
    if (steps.length > 0) setPrefs({ keys: withKeys(own, command.id, keys, conflicts) });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // Out of the field as out of any other; nothing may trap the focus.
    if (event.key === 'Tab') return;
    event.preventDefault();
    const step = stepOfEvent(event);
    if (step === undefined) return;
    const isPlain = !step.mod && !step.alt && !step.shift;
    if (isPlain && step.key === 'esc') onDone();
    else if (isPlain && step.key === 'enter') keep();
    else if (isPlain && step.key === 'backspace') setSteps([]);
    else setSteps(command.single !== true && follows(steps, step) ? [...steps, step] : [step]);
  };
  return (
    <div className="key-field">
      <input
        ref={field}
        className="field"
        readOnly
        value={steps.map((step) => keyCaps(step, onMac()).join(' ')).join(' then ')}
        placeholder="Press the keys"
        aria-label={`New key of ${command.title}`}
        aria-describedby="key-field-help"
        onKeyDown={onKeyDown}
      />
      <Button disabled={steps.length === 0} onClick={keep}>
        {conflicts.length === 0 ? 'Keep' : 'Keep, and take it from there'}
      </Button>
      <Button onClick={onDone}>Cancel</Button>
      <p id="key-field-help" className="muted">
        Enter keeps the new key, Escape leaves the old one.
      </p>
      <p role="status">{conflicts.map(({ title, group }) => `This is the key of “${title}” (${group}).`).join(' ')}</p>
    </div>
  );
}

/** A second character makes a sequence; what holds Ctrl or Alt stands alone. */
const follows = ([first, second]: readonly KeyStep[], step: KeyStep): boolean =>
  first !== undefined && second === undefined && isCharacterStep(first) && isCharacterStep(step);
