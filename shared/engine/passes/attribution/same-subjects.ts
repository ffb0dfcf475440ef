import { groupBy } from '../../../lib/group-by.ts';
import { estimateBits } from '../../intake/masking/entropy.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A name that is harder to guess than this was given to one account: nobody else has it by chance. Units: bits. */
const MIN_BITS = 48;

/** One account that a gateway names by its consumer and another source by the subject of its tokens. */
export interface SameSubject {
  readonly consumer: number;
  readonly holder: number;
  readonly name: string;
}

interface Named {
  readonly id: number;
  readonly name: string;
}

const CONSUMERS = `SELECT id, substr(identity, length('consumer ') + 1) AS name FROM principal WHERE identity LIKE 'consumer %' ORDER BY id`;
/** Principals known by issuer and subject of their tokens, by the subject. */
const HOLDERS = `SELECT id, json_extract(substr(identity, 5), '$[1]') AS name FROM principal
  WHERE identity LIKE 'jwt [%' AND json_array_length(substr(identity, 5)) = 2 ORDER BY id`;

/**
 * Lists accounts that one log names by an id and another shows a token of, though no request stands in both: an id like
 * `acct|bbe71b3cb10031deca53dd3d` is one account's wherever it stands. Names that people choose are left alone, as are ids that two issuers give.
 */
export function findSameSubjects(db: SqlDriver): readonly SameSubject[] {
  const holders = groupBy(db.prepare(HOLDERS).all<Named>(), ({ name }) => name);
  return db
    .prepare(CONSUMERS)
    .all<Named>()
    .flatMap(({ id, name }) => {
      const [holder, another] = holders.get(name) ?? [];
      return holder === undefined || another !== undefined || estimateBits(name) < MIN_BITS
        ? []
        : [{ consumer: id, holder: holder.id, name }];
    });
}
