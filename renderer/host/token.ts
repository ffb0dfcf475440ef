const KEY = 'spoor-token';

/**
 * The token that the local server printed. It arrives in the fragment, which is never sent anywhere, moves to this
 * tab's session storage, and leaves the address bar at once so that a screenshot or a bookmark does not hold it.
 */
export function takeToken(): string | undefined {
  const match = /^#token=([^&]+)/.exec(window.location.hash);
  if (match?.[1] !== undefined) {
    window.sessionStorage.setItem(KEY, decodeURIComponent(match[1]));
    window.history.replaceState(null, '', window.location.pathname);
  }
  return findToken();
}

/** Keeps what this tab shows from now on: the link's token is spent. */
export const keepToken = (token: string): void => {
  window.sessionStorage.setItem(KEY, token);
};

/** The token of this tab, if it ever had one. */
export const findToken = (): string | undefined => window.sessionStorage.getItem(KEY) ?? undefined;
