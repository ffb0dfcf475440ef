import { useEffect } from 'react';
import { usePrefs } from '../state/prefs.ts';

/** Puts the chosen theme on the document, following the system while that is what was chosen. */
export function useTheme(): void {
  const theme = usePrefs((prefs) => prefs.theme);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
    };
    apply();
    system.addEventListener('change', apply);
    return () => {
      system.removeEventListener('change', apply);
    };
  }, [theme]);
}
