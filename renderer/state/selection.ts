import { create } from 'zustand';
import { changePlace, followed, parsePlace, printPlace, START, type Place } from './url.ts';

interface SelectionStore {
  readonly place: Place;
}

/** The screen, the query and what is selected: one selection that every screen shares and that a link restores. */
export const useSelection = create<SelectionStore>()(() => ({ place: START }));

/** Narrow reader: `usePlace('call')` renders again only when the selected call changes. */
export const usePlace = <Key extends keyof Place>(key: Key): Place[Key] => useSelection((state) => state.place[key]);

/**
 * Goes somewhere, as a step that the Back button undoes. What `to` leaves out stays as it is; a key set to `undefined`
 * is cleared.
 */
export function goTo(to: Partial<Place>): void {
  const place = changePlace(useSelection.getState().place, to);
  const link = printPlace(place);
  if (link !== window.location.hash) window.history.pushState(null, '', link);
  useSelection.setState({ place });
}

/** Goes where a link leads: as `goTo`, but with the link's own query alone. */
export const follow = (to: Partial<Place>): void => {
  goTo(followed(useSelection.getState().place, to));
};

/** Changes the selection in place, without a step for the Back button: moving through rows must not fill the history. */
export function select(to: Partial<Omit<Place, 'view'>>): void {
  const place = changePlace(useSelection.getState().place, to);
  window.history.replaceState(null, '', printPlace(place));
  useSelection.setState({ place });
}

/** Takes the place from the address bar, now and at each Back or Forward. Returns how to stop. */
export function followUrl(): () => void {
  const take = (): void => {
    useSelection.setState({ place: parsePlace(window.location.hash) });
  };
  take();
  window.addEventListener('popstate', take);
  window.addEventListener('hashchange', take);
  return () => {
    window.removeEventListener('popstate', take);
    window.removeEventListener('hashchange', take);
  };
}

/** A place in this case as an address that can be pasted: into a note, or the address bar of the same window. */
export const linkTo = (to: Partial<Place>): string =>
  `${window.location.origin}${window.location.pathname}${printPlace(changePlace(useSelection.getState().place, followed(useSelection.getState().place, to)))}`;
