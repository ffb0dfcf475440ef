import { nobody, proxyAddress } from '../actors/outsiders.ts';
import type { Incident, Play } from '../core/incident.ts';
import { BROWSERS } from '../core/user-agents.ts';

/** Pages of the catalogue that are read, in each form. */
const READS = { loud: 2600, quiet: 960 } as const;
const ADDRESSES = 12;
/** Reads between two looks at the list. */
const ROUND = 40;

const HEADERS = { 'accept-language': 'en-US', 'accept-encoding': 'gzip' } as const;

function loud({ open, roles, start }: Play): void {
  const session = open(nobody(roles.stranger(0)), start);
  for (let index = 0; index < READS.loud; index += 1) {
    if (index % ROUND === 0) session.call(roles.browse.list, { query: { page: String(1 + index / ROUND) } });
    session.call(roles.browse.read, {
      params: [{ entity: roles.browse.entity, index: index % totalOf(session.stage, roles.browse.entity) }],
    });
    session.think(80);
  }
}

function quiet({ open, roles, start, end, stage }: Play): void {
  const random = stage.random('scraping/quiet');
  const total = totalOf(stage, roles.browse.entity);
  // One browser, on all twelve machines alike.
  const userAgent = random.pick(BROWSERS);
  const gap = (0.88 * (end - start) * ADDRESSES) / READS.quiet;
  for (let which = 0; which < ADDRESSES; which += 1) {
    const session = open(nobody({ ip: proxyAddress(random), userAgent }, HEADERS), start + (which * gap) / ADDRESSES);
    for (let index = which; index < READS.quiet && session.at < end; index += ADDRESSES) {
      if (index % (ADDRESSES * ROUND) === which) session.call(roles.browse.list);
      session.call(roles.browse.read, { params: [{ entity: roles.browse.entity, index: index % total }] });
      session.think(gap);
    }
  }
}

function totalOf({ world }: Play['stage'], entity: string): number {
  return world.catalogue.entities[entity]?.total ?? world.people;
}

/**
 * Everything that can be read without a login is read, again and again.
 * Loud: thousands of pages from one address within minutes.
 * Quiet: twelve addresses share the catalogue, three pages an hour each, for most of the time left. What gives them away:
 * the same browser without a start page or a referer, an even pace day and night, and together they miss nothing.
 */
export const scraping: Incident = {
  id: 'scraping',
  detectors: ['low-and-slow-scrape', 'rate-burst', 'pagination-harvest', 'bulk-data-egress'],
  play: (play) => (play.form === 'loud' ? loud(play) : quiet(play)),
};
