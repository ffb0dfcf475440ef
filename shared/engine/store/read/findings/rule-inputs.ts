import type { SqlDriver } from '../../driver.ts';
import { listSavedDetectors } from './kept-rules.ts';
import { sigmaInputs } from './sigma-rules.ts';

/** What the analyst added that findings depend on, as one text, empty for nothing: they are out of date when it differs. */
export function ruleInputs(db: SqlDriver): string {
  const saved = listSavedDetectors(db).map(({ id, set }) => `${id}@${String(set)}`);
  return [sigmaInputs(db), ...saved].filter((text) => text !== '').join(' ');
}
