import { useSyncExternalStore } from 'react';

/** True while the window is at least so wide. Units: CSS px. */
export function useWide(from: number): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener);
      return () => {
        window.removeEventListener('resize', listener);
      };
    },
    () => window.innerWidth >= from,
  );
}
