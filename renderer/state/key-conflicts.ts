import { parseKeys, printKeys } from '../widgets/key-steps.ts';
import type { CommandInfo } from './commands.ts';
import { keysOf } from './key-reader.ts';

/** The other commands that have these keys already. */
export function findConflicts(
  commands: readonly CommandInfo[],
  own: Readonly<Record<string, string>>,
  id: string,
  keys: string,
): readonly CommandInfo[] {
  return commands.filter((other) => other.id !== id && keysOf(other, own).some((each) => toSameForm(each) === keys));
}

/** Own keys with a command's keys set, and the same keys taken from the commands that had them. */
export function withKeys(
  own: Readonly<Record<string, string>>,
  id: string,
  keys: string,
  takenFrom: readonly CommandInfo[],
): Readonly<Record<string, string>> {
  return { ...own, ...Object.fromEntries(takenFrom.map((other) => [other.id, ''])), [id]: keys };
}

/** Own keys without one command's: it has its built-in ones again. */
export const withoutKeys = (own: Readonly<Record<string, string>>, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(own).filter(([other]) => other !== id));

const toSameForm = (keys: string): string => printKeys(parseKeys(keys) ?? []);
