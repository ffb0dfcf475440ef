import { parseCidr, rangeFinder } from '../../../lib/cidr.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readTraits } from '../../store/principal-traits.ts';

/** Tells whether a principal is at home at an address. */
export type IsHome = (address: string) => boolean;

/**
 * Where principals are at home by the lists of principals in the case: `undefined` for those of whom no list says it.
 * Source: column `addresses`, see `model/knowledge/iam.ts`.
 */
export function readListedHomes(db: SqlDriver): (principal: number | null) => IsHome | undefined {
  const rows = db
    .prepare('SELECT id, traits FROM principal WHERE instr(traits, \'"addresses":\') > 0')
    .all<{ id: number; traits: string }>();
  const homes = new Map(
    rows.map(({ id, traits }): [number, IsHome] => [
      id,
      rangeFinder((readTraits(traits).addresses ?? []).flatMap((each) => parseCidr(each) ?? [])),
    ]),
  );
  return (principal) => (principal === null ? undefined : homes.get(principal));
}
