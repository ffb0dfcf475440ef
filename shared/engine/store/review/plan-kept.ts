import { AppError } from '../../../contract/errors.ts';
import type { ReviewChange } from '../../../contract/review.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { SqlDriver } from '../driver.ts';
import { listKeptRules, type KeptRule } from '../read/findings/kept-rules.ts';
import type { Plan } from './effect.ts';

type KeptChange = Extract<ReviewChange, { kind: 'detector-save' | 'detector-remove' | 'suppress' | 'suppress-remove' }>;

const ruleOf = (change: KeptChange, entry: number): KeptRule | undefined => {
  if (change.kind === 'detector-save') return { what: 'detector', rule: change.detector, set: entry };
  if (change.kind === 'suppress') return { what: 'suppression', rule: change.suppression, set: entry };
  return undefined;
};

/** Works out a change of a detector or suppression of the analyst. Errors: AppError `not-found` for an id that the case does not have. */
export function planKept(db: SqlDriver, change: KeptChange, entry: number): Plan {
  const isSuppression = change.kind === 'suppress' || change.kind === 'suppress-remove';
  const id = change.id ?? `${isSuppression ? 'suppression' : 'saved'}-${String(entry)}`;
  const before = listKeptRules(db).get(id);
  if (change.id !== undefined && before?.what !== (isSuppression ? 'suppression' : 'detector'))
    throw new AppError('not-found', `no ${isSuppression ? 'suppression' : 'detector'} ${id} in this case`);
  const after = ruleOf(change, entry);
  if (after !== undefined && before !== undefined && canonicalJson(after.rule) === canonicalJson(before.rule)) return { effect: undefined, changed: 0 };
  return {
    effect: { kind: 'kept', id, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
    changed: 1,
  };
} // prettier-ignore
