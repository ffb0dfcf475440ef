import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { flowGrounds, type Grounded } from '#shared/engine/handlers/flow-grounds.ts';
import { askedText, noBreath, searchOver } from './call-search.ts';

/** Never cancelled, told to nobody. */
const quietWalk = { breathe: noBreath, progress: () => undefined };

/** What the pictures of a query are made of; with `most` 0 the case is taken for too large for memory. */
export const groundIn = (db: SqlDriver, query = '*', most?: number): Promise<Grounded> =>
  flowGrounds(db, searchOver(db, most))(askedText(query), quietWalk);
