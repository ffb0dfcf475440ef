import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import { momentAt } from './moments.ts';

const PAGES = 140;
/** Units: bytes of a page of five hundred rows. */
const PAGE_BYTES = 196_000;

/**
 * The books are closed: a known service reads all of the month, page by page, once.
 * Tempts: `bulk-data-egress`, `pagination-harvest`, `off-hours`, `low-and-slow-scrape`.
 */
export const monthlyJob: Trap = {
  id: 'monthly-job',
  play: ({ open, roles, start, end }) => {
    const { party, read } = roles.monthly;
    const session = open(party, momentAt({ start, end }, 1, HOUR_MS));
    for (let page = 1; page <= PAGES; page += 1) {
      const isLast = page === PAGES;
      session.call(read, {
        query: { from: '2026-08-01', to: '2026-08-31', page: String(page), per_page: '500' },
        responseBytes: isLast ? 31_200 : PAGE_BYTES + session.random.int(-9000, 9000),
      });
      session.think(1200);
    }
  },
};
