import type { Random } from '../../large/random.ts';
import { MINUTE_MS, SECOND_MS } from './calendar.ts';

type Chance = Pick<Random, 'int' | 'chance' | 'next'>;

/** Last octets are kept apart, so that nobody has the address of somebody else by chance: one in so many belongs to strangers. */
const STRANGERS_OF = 7;

function octet(random: Chance, low: number, high: number, isStranger: boolean): string {
  let found = random.int(low, high);
  while ((found % STRANGERS_OF === 3) !== isStranger) found = random.int(low, high);
  return String(found);
}

/** An address of a home, a rented machine or a small office: strangers and customers come from the same networks. */
export function someAddress(random: Chance, isStranger = false): string {
  const share = random.next();
  if (share < 0.4) {
    const network = random.chance(0.6) ? `a1${random.int(16, 27).toString(16)}` : `c${random.int(0, 4095).toString(16).padStart(3, '0')}`;
    return `2001:db8:${network}:${random.int(1, 4095).toString(16)}::${random.int(1, 65535).toString(16)}`;
  }
  if (share < 0.7) return `203.0.113.${octet(random, 20, 250, isStranger)}`;
  if (share < 0.86) return `192.0.2.${octet(random, 130, 250, isStranger)}`;
  return `198.51.100.${octet(random, 100, 180, isStranger)}`;
}

/** Addresses behind which a carrier puts all of its phones. */
const CARRIER = { first: 4, count: 6 } as const;
/** A phone stays in one network for so long; on the way it goes to and fro. Units: ms. */
const STAY = 20 * MINUTE_MS;
const ON_THE_WAY = 45 * SECOND_MS;

/**
 * Where a phone is at a moment: at home, in the carrier's network, somewhere else, or between two of them.
 * Shape: the same moment has the same address, whoever asks.
 */
export function phoneAddresses(random: Random, home: string): (at: number) => string {
  const carrier = `203.0.113.${String(CARRIER.first + random.int(0, CARRIER.count - 1))}`;
  const elsewhere = someAddress(random);
  return (at) => {
    const share = random.fork(`stay/${String(Math.floor(at / STAY))}`).next();
    if (share < 0.5) return home;
    if (share < 0.72) return carrier;
    if (share < 0.84) return elsewhere;
    return Math.floor(at / ON_THE_WAY) % 2 === 0 ? home : carrier;
  };
}
