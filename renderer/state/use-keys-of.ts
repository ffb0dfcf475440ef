import { useCommandStore } from './commands.ts';
import { keysOf } from './key-reader.ts';
import { usePrefs } from './prefs.ts';

/** Finds the first key that a command has now, for a menu or a tooltip that names it; `undefined` when it has none. */
export function useKeysOf(): (id: string) => string | undefined {
  const known = useCommandStore((state) => state.known);
  const own = usePrefs((prefs) => prefs.keys);
  return (id) => {
    const command = known.get(id);
    return command === undefined ? undefined : keysOf(command, own)[0];
  };
}
