/** Pictures of the Graph screen, in the order of their buttons. */
export const PICTURES = [
  { id: 'map', title: 'Map' },
  { id: 'time', title: 'Over time' },
  { id: 'matrix', title: 'Matrix' },
  { id: 'spread', title: 'Spread' },
] as const;

export type Picture = (typeof PICTURES)[number]['id'];

/** Above this many calls the screen begins with counts over time: who did what is asked of a part of them. Source: ux.md 2.10. */
export const TIME_FIRST = 100_000;

/** The picture that a link names, or the one that this many calls begin with. */
export function pictureOf(tab: string | undefined, calls: number | undefined): Picture {
  return PICTURES.find(({ id }) => id === tab)?.id ?? (calls !== undefined && calls > TIME_FIRST ? 'time' : 'map');
}
