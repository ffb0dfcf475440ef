import { useEffect } from 'react';
import { usePrefs, type Look, type Theme } from '../state/prefs.ts';

/** What the system asks for. */
interface SystemLook {
  readonly dark: boolean;
  readonly contrast: boolean;
}

/** The look that a choice comes to: the chosen one, or what the system asks for while that is what was chosen. */
export function lookOf(theme: Theme, system: SystemLook): Look {
  if (theme !== 'system') return theme;
  if (system.dark) return system.contrast ? 'dark-contrast' : 'dark';
  return system.contrast ? 'light-contrast' : 'light';
}

/** Puts the chosen theme on the document, following the system while that is what was chosen. */
export function useTheme(): void {
  const theme = usePrefs((prefs) => prefs.theme);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const contrast = window.matchMedia('(prefers-contrast: more)');
    const apply = (): void => {
      document.documentElement.dataset['theme'] = lookOf(theme, { dark: dark.matches, contrast: contrast.matches });
    };
    apply();
    for (const asked of [dark, contrast]) asked.addEventListener('change', apply);
    return () => {
      for (const asked of [dark, contrast]) asked.removeEventListener('change', apply);
    };
  }, [theme]);
}
