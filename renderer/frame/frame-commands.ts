import { keysFor } from '../state/built-in-keys.ts';
import { closeCase, copyCase } from '../host/cases.ts';
import { chooseAndReview } from '../host/review-files.ts';
import { useCommands, type Command } from '../state/commands.ts';
import { useCanGoBack, useCanGoForward } from '../state/history.ts';
import { DENSITIES, setPrefs, THEMES, usePrefs } from '../state/prefs.ts';
import { showPassphraseDialog } from '../state/passphrase-dialog.ts';
import { useReadOnly } from '../state/read-only.ts';
import { goTo } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { views } from '../views/index.ts';
import type { View } from '../views/view.ts';
import { attempt } from './attempt.ts';
import { useExportCommands } from './export-commands.ts';
import { usePassphraseDeeds } from './use-passphrase-deeds.ts';

interface Openers {
  readonly onPalette: () => void;
  readonly onKeyMap: () => void;
}

const NO_CASE = 'Opens with a case';

/** Offers what can be done on every screen: to go to another one, to find commands, to change how the window looks. */
export function useFrameCommands({ onPalette, onKeyMap }: Openers): void {
  useCommands([
    ...useScreenCommands(),
    ...useWindowCommands(onPalette, onKeyMap),
    ...useCaseCommands(),
    ...useExportCommands(),
    ...useLookCommands(),
  ]);
}

function useScreenCommands(): readonly Command[] {
  const hasCase = useSession((state) => state.openCase !== undefined);
  return views.map((view: View) => ({
    id: `go-to-${view.id}`,
    title: view.title,
    group: 'Screens',
    ...(view.keys === undefined ? {} : { keys: [view.keys] }),
    enabled: hasCase || !view.needsCase,
    reason: NO_CASE,
    run: () => {
      goTo({ view: view.id });
    },
  }));
}

/** What `/` goes to: the screen's query, or the filter of its list. */
const findQuery = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('[data-query-input], main input[type="search"]');

function useWindowCommands(onPalette: () => void, onKeyMap: () => void): readonly Command[] {
  const back = useCanGoBack();
  const forward = useCanGoForward();
  const group = 'Window';
  return [
    { id: 'find-command', title: 'Find a command', group, keys: keysFor('find-command'), run: onPalette },
    {
      id: 'focus-query',
      title: 'Focus the query',
      group,
      keys: keysFor('focus-query'),
      run: () => {
        findQuery()?.focus();
      },
    },
    {
      id: 'go-back',
      title: 'Back',
      group,
      keys: keysFor('go-back'),
      enabled: back,
      reason: 'This is the first place of this window',
      run: () => {
        window.history.back();
      },
    },
    {
      id: 'go-forward',
      title: 'Forward',
      group,
      keys: keysFor('go-forward'),
      enabled: forward,
      reason: 'There is no later place',
      run: () => {
        window.history.forward();
      },
    },
    {
      id: 'copy-link',
      title: 'Copy link to this view',
      group,
      run: () => {
        attempt('Copying the link', navigator.clipboard.writeText(window.location.href));
      },
    },
    { id: 'show-keys', title: 'Keys', group, keys: keysFor('show-keys'), run: onKeyMap },
  ];
}

function useCaseCommands(): readonly Command[] {
  const hasCase = useSession((state) => state.openCase !== undefined);
  const busy = useSession((state) => state.importing?.kind === 'running');
  const readOnly = useReadOnly();
  const passphrase = usePassphraseDeeds();
  const group = 'Case';
  return [
    ...passphrase.map(({ deed, title, refusal }): Command => ({
      id: `${deed}-passphrase`,
      title,
      group,
      enabled: refusal === undefined,
      reason: refusal ?? '',
      run: () => {
        showPassphraseDialog({ kind: 'change', deed });
      },
    })),
    {
      id: 'add-evidence',
      title: hasCase ? 'Add evidence to this case…' : 'Import evidence into a new case…',
      group,
      keys: keysFor('add-evidence'),
      enabled: !busy && readOnly === undefined,
      reason: readOnly ?? 'An import is running',
      run: () => {
        attempt('Choosing files', chooseAndReview());
      },
    },
    {
      id: 'new-case',
      title: 'New case',
      group,
      keys: keysFor('new-case'),
      enabled: !busy,
      reason: 'An import is running',
      run: () => {
        attempt('Closing the case', closeCase());
      },
    },
    {
      id: 'copy-case',
      title: 'Copy this case to my cases',
      group,
      enabled: readOnly !== undefined,
      reason: hasCase ? 'This case can be written' : NO_CASE,
      run: () => {
        attempt('Copying the case', copyCase());
      },
    },
  ];
}

function useLookCommands(): readonly Command[] {
  const theme = usePrefs((prefs) => prefs.theme);
  const density = usePrefs((prefs) => prefs.density);
  const reason = 'In use';
  return [
    ...THEMES.map(({ id, title }): Command => ({
      id: `theme-${id}`,
      title: `Theme: ${title}`,
      group: 'Appearance',
      enabled: id !== theme,
      reason,
      run: () => {
        setPrefs({ theme: id });
      },
    })),
    ...DENSITIES.map(({ id, title }): Command => ({
      id: `density-${id}`,
      title: `Rows: ${title}`,
      group: 'Appearance',
      enabled: id !== density,
      reason,
      run: () => {
        setPrefs({ density: id });
      },
    })),
  ];
}
