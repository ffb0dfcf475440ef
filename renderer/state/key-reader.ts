import { isCharacterStep, isSameStep, parseKeys, type KeyStep } from '../widgets/key-steps.ts';
import type { Command } from './commands.ts';

/** How long a sequence waits for its second key. Long enough to look at the keyboard, short enough not to surprise. Units: ms. */
export const SEQUENCE_WAIT = 1500;

/** What one key stands for now. */
interface Binding {
  readonly steps: readonly KeyStep[];
  readonly command: Command;
}

/** Where the focus is, as far as keys care. */
export interface KeyPlace {
  /** In a field that text is typed into. */
  readonly typing: boolean;
  /** In a list, grid, tree or picture that single keys belong to. */
  readonly list: boolean;
  /** On a button or link that Enter and Space press. */
  readonly pressable: boolean;
}

/** Single characters that hold everywhere but in text: they go to the query and to the key map. */
const EVERYWHERE = new Set(['/', '?']);

/** What a text field does with modifiers by itself. */
const OF_TEXT = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'left', 'right', 'up', 'down', 'home', 'end', 'backspace', 'delete']);

/** The keys in force: commands in the order they were mounted, the analyst's own keys in place of the built-in ones. */
export const toBindings = (commands: readonly Command[], own: Readonly<Record<string, string>>): readonly Binding[] =>
  commands.flatMap((command) =>
    keysOf(command, own).flatMap((keys) => {
      const steps = parseKeys(keys);
      return steps === undefined ? [] : [{ steps, command }];
    }),
  );

/** The keys of one command; an empty text takes them away. */
export function keysOf({ id, keys = [] }: Pick<Command, 'id' | 'keys'>, own: Readonly<Record<string, string>>): readonly string[] {
  const mine = Object.hasOwn(own, id) ? own[id] : undefined;
  return mine === undefined ? keys : mine === '' ? [] : [mine];
}

/** True when a key may act here: with a modifier nearly anywhere, without one only in lists. */
export function mayAct(step: KeyStep, place: KeyPlace, letters: boolean, isMac: boolean): boolean {
  if (step.mod || step.alt) {
    const isTexts = OF_TEXT.has(step.key) && (step.mod || isMac);
    return !(place.typing && isTexts);
  }
  if (/^f\d+$/.test(step.key)) return true;
  if (place.typing || (isCharacterStep(step) && !letters)) return false;
  if (place.pressable && (step.key === 'enter' || step.key === 'space')) return false;
  return place.list || EVERYWHERE.has(step.key);
}

/** What a press came to: a command to run, a wait for the second key of a sequence, or nothing of ours. */
type Reading =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'wait'; readonly held: KeyStep; readonly otherwise: Command | undefined }
  | { readonly kind: 'none' };

/**
 * What a press means, given the first key of a sequence that was pressed before, if any. The binding that was mounted last wins; a
 * disabled command does not count. A key that starts a sequence waits, even where it is also a command of its own: that one is
 * `otherwise`, for when nothing follows.
 */
export function readKey(bindings: readonly Binding[], step: KeyStep, before: KeyStep | undefined): Reading {
  const able = bindings.filter(({ command }) => command.enabled !== false);
  const matches = ({ steps }: Binding, ...pressed: readonly KeyStep[]): boolean =>
    pressed.every((each, index) => {
      const own = steps[index];
      return own !== undefined && isSameStep(own, each);
    });
  if (before !== undefined) {
    const second = able.findLast((binding) => binding.steps.length === 2 && matches(binding, before, step));
    if (second !== undefined) return { kind: 'run', command: second.command };
  }
  const single = able.findLast((binding) => binding.steps.length === 1 && matches(binding, step))?.command;
  if (able.some((binding) => binding.steps.length === 2 && matches(binding, step))) return { kind: 'wait', held: step, otherwise: single };
  return single === undefined ? { kind: 'none' } : { kind: 'run', command: single };
}
