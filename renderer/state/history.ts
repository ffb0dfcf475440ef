import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.navigation.addEventListener('currententrychange', listener);
  return () => {
    window.navigation.removeEventListener('currententrychange', listener);
  };
};

/** Whether this window has a place to go back to. */
export const useCanGoBack = (): boolean => useSyncExternalStore(subscribe, () => window.navigation.canGoBack);

/** Whether this window was taken back from a place that it can go forward to again. */
export const useCanGoForward = (): boolean => useSyncExternalStore(subscribe, () => window.navigation.canGoForward);
