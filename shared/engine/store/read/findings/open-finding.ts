import type { SqlDriver } from '../../driver.ts';
import { suppressedRows } from './suppressed.ts';

/** SQL test for a row of `finding`, by its alias: true for those that the analyst has neither dismissed nor suppressed. */
export const isOpen = (db: SqlDriver, alias: string): string =>
  `(${alias}.data ->> '$.status' IS NOT 'dismissed' AND ${alias}.id NOT IN (${suppressedRows(db).join(', ')}))`;
