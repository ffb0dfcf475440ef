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

/** Consumers whose very name is the subject of tokens that nobody else acts by. */
const NAMESAKES = `
  SELECT consumer.id AS consumer, holder.id AS holder, substr(consumer.identity, length('consumer ') + 1) AS name
    FROM principal consumer JOIN principal holder
      ON holder.identity LIKE 'jwt [%' AND json_array_length(substr(holder.identity, 5)) = 2
     AND json_extract(substr(holder.identity, 5), '$[1]') = substr(consumer.identity, length('consumer ') + 1)
   WHERE consumer.identity LIKE 'consumer %' ORDER BY 1, 2`;

/**
 * Lists accounts that one log names by an id and another shows a token of, though no request stands in both: an id like
 * `acct|bbe71b3cb10031deca53dd3d` is one account's wherever it stands. Names that people choose are left alone, as are ids that two issuers give.
 */
export function findSameSubjects(db: SqlDriver): readonly SameSubject[] {
  const found = db.prepare(NAMESAKES).all<SameSubject>();
  return [...groupBy(found, ({ consumer }) => consumer).values()].flatMap((holders) =>
    holders.length === 1 ? holders.filter(({ name }) => estimateBits(name) >= MIN_BITS) : [],
  );
}
