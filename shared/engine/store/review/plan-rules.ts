import { AppError } from '../../../contract/errors.ts';
import type { ReviewChange } from '../../../contract/review.ts';
import type { RuleName } from '../../../contract/templates.ts';
import { parsePattern, placeOfPattern } from '../../../model/template-rule.ts';
import type { SqlDriver } from '../driver.ts';
import type { Plan } from './effect.ts';
import { findRule, type RuleEffect } from './rule-effect.ts';

/** The place that a rule is about. Shape: a pattern that `ruleProblem` has nothing against. */
export function placeOfRule({ pattern }: Pick<RuleName, 'pattern'>): string {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new Error(`bug: ${parsed.why}`);
  return placeOfPattern(parsed.parts);
}

/**
 * Works out what setting and removing template rules does; a rule that is removed and set is replaced.
 * Errors: AppError `not-found` when a rule that is to be removed is not there.
 */
export function planRules(db: SqlDriver, { host, set, remove }: Extract<ReviewChange, { kind: 'templates' }>, entry: number): Plan {
  const effects = new Map<string, RuleEffect>();
  for (const rule of remove) {
    const at = { host, rule: rule.kind, place: placeOfRule(rule) };
    const before = findRule(db, at);
    if (before === undefined) throw new AppError('not-found', `no template rule ${rule.kind} ${rule.pattern} in this case`);
    effects.set(`${at.rule} ${at.place}`, { ...at, before });
  }
  for (const rule of set) {
    const at = { host, rule: rule.kind, place: placeOfRule(rule) };
    const before = findRule(db, at);
    const note = rule.note ?? '';
    const key = `${at.rule} ${at.place}`;
    if (before?.pattern === rule.pattern && before.note === note) effects.delete(key);
    else effects.set(key, { ...at, ...(before === undefined ? {} : { before }), after: { pattern: rule.pattern, note, saved: entry } });
  }
  if (effects.size === 0) return { effect: undefined, changed: 0 };
  return { effect: { kind: 'rules', rules: [...effects.values()] }, changed: effects.size };
}
