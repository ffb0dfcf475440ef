import { keysFor } from '../state/built-in-keys.ts';
import { useCommands } from '../state/commands.ts';
import { layAndCompare, type TrayItem } from '../state/compare-tray.ts';

/** Offers D, which lays what is shown into the compare tray and, with a second thing there, compares both. */
export function useCompareCommand(what: 'chain' | 'caller', item: TrayItem | undefined): void {
  useCommands([
    {
      id: `compare-${what}`,
      title: `Compare this ${what}…`,
      group: 'Compare',
      keys: keysFor(`compare-${what}`),
      enabled: item !== undefined,
      reason: `Choose a ${what} first`,
      run: () => {
        if (item !== undefined) layAndCompare(item);
      },
    },
  ]);
}
