import type { Trap } from '../core/incident.ts';

/** Things that the partner takes over, and how many stand on a page of the list. */
const THINGS = 80;
const PAGE = 20;

/**
 * A partner takes over new things: it asks for the list, and then for each thing of it, in the list's order, by rising ids.
 * Tempts: `bola-enumeration`, `low-and-slow-scrape`, `pagination-harvest`.
 */
export const idImport: Trap = {
  id: 'id-import',
  play: ({ open, roles, start, stage: { store } }) => {
    const { list, read, entity } = roles.browse;
    const session = open(roles.partner, start);
    for (let first = 0; first < THINGS; first += PAGE) {
      const listed = Array.from({ length: PAGE }, (_, index) => store.itemOf(entity, 0, first + index));
      session.call(list, { query: { page: String(1 + first / PAGE), sort: 'id' }, listed, responseBytes: 380 * PAGE });
      for (const item of listed) {
        session.think(700);
        session.call(read, { params: [item] });
      }
    }
  },
};
