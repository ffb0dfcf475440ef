import { useLayoutEffect } from 'react';
import { listCommands, runCommand, useCommandStore, type Command } from '../state/commands.ts';
import { mayAct, readKey, SEQUENCE_WAIT, toBindings, type KeyPlace } from '../state/key-reader.ts';
import { usePrefs } from '../state/prefs.ts';
import { onMac, stepOfEvent, type KeyStep } from '../widgets/key-steps.ts';

const LISTS = '[role="grid"], [role="treegrid"], [role="listbox"], [role="tree"], [data-keys]';
const FIELDS = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="checkbox"]';
/** A dialog over the window has keys of its own, as a menu has; a popover beside the work does not stop any. */
const OVERLAYS = '[role="dialog"]:not([data-popover]), [role="alertdialog"], [role="menu"]';

const within = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.closest(selector) !== null;

const placeOf = (target: EventTarget | null): KeyPlace => ({
  typing: within(target, FIELDS),
  list: within(target, LISTS),
  pressable: within(target, PRESSABLE),
});

/** The one place where keys become commands: whatever the mounted parts of the window offer, under the analyst's own keys. */
export function useCommandKeys(): void {
  // Before the first paint: a key that is pressed once the window is in sight must not be lost.
  useLayoutEffect(() => {
    const isMac = onMac();
    let before: { readonly held: KeyStep; readonly timer: number } | undefined;
    const forget = (): KeyStep | undefined => {
      const held = before?.held;
      window.clearTimeout(before?.timer);
      before = undefined;
      return held;
    };
    const wait = (held: KeyStep, otherwise: Command | undefined): void => {
      const timer = window.setTimeout(() => {
        before = undefined;
        if (otherwise !== undefined) runCommand(otherwise);
      }, SEQUENCE_WAIT);
      before = { held, timer };
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || within(event.target, OVERLAYS)) return;
      const step = stepOfEvent(event);
      if (step === undefined) return;
      const held = forget();
      const { letterKeys, keys } = usePrefs.getState();
      if (!mayAct(step, placeOf(event.target), letterKeys, isMac)) return;
      const reading = readKey(toBindings(listCommands(useCommandStore.getState()), keys), step, held);
      if (reading.kind === 'none') return;
      event.preventDefault();
      if (reading.kind === 'run') runCommand(reading.command);
      else wait(reading.held, reading.otherwise);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      forget();
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
