import { useEffect } from 'react';
import { goTo } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { views } from '../views/index.ts';

/** True where a key is text being typed, so that no single key acts there. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** What `/` goes to: the screen's query, or the filter of its list. */
const findQuery = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('[data-query-input], main input[type="search"]');

/** The keys that hold in the whole window: `Ctrl/⌘ 1…7` for the screens, `/` for the query, `?` for the key map. */
export function useShortcuts(onKeyMap: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        const view = views.find((candidate) => String(candidate.shortcut) === event.key);
        if (view === undefined || (view.needsCase && useSession.getState().openCase === undefined)) return;
        event.preventDefault();
        goTo({ view: view.id });
      } else if (event.key === '?' && !isTyping(event.target)) {
        event.preventDefault();
        onKeyMap();
      } else if (event.key === '/' && !isTyping(event.target)) {
        const query = findQuery();
        if (query === null) return;
        event.preventDefault();
        query.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [onKeyMap]);
}
