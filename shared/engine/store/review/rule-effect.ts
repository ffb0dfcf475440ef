import type { RuleKind } from '../../../model/template-rule.ts';
import type { SqlDriver } from '../driver.ts';

/** A template rule as it stands; `saved` is the entry of the log that set it. */
export interface RuleState {
  readonly pattern: string;
  readonly note: string;
  readonly saved: number;
}

/** What one entry of the log did to the rule of a kind at a place. */
export interface RuleEffect {
  readonly host: string;
  readonly rule: RuleKind;
  readonly place: string;
  readonly before?: RuleState;
  readonly after?: RuleState;
}

type RuleAt = Pick<RuleEffect, 'host' | 'rule' | 'place'>;

/** A rule as the case has it now. */
export const findRule = (db: SqlDriver, { host, rule, place }: RuleAt): RuleState | undefined =>
  db.prepare('SELECT pattern, note, saved FROM template_rule WHERE host = ? AND kind = ? AND place = ?').get<RuleState>(host, rule, place);

/** The effect that takes another one back. */
export const inverseRule = ({ before, after, ...at }: RuleEffect): RuleEffect => ({
  ...at,
  ...(after === undefined ? {} : { before: after }),
  ...(before === undefined ? {} : { after: before }),
});

/** True when the rule is still as the effect left it. */
export function ruleStands(db: SqlDriver, effect: RuleEffect): boolean {
  const now = findRule(db, effect);
  return now?.pattern === effect.after?.pattern && now?.note === effect.after?.note && now?.saved === effect.after?.saved;
}

/** Makes the rule what the effect says comes after it. */
export function applyRule(db: SqlDriver, { host, rule, place, after }: RuleEffect): void {
  db.prepare('DELETE FROM template_rule WHERE host = ? AND kind = ? AND place = ?').run(host, rule, place);
  if (after === undefined) return;
  db.prepare('INSERT INTO template_rule (host, kind, place, pattern, note, saved) VALUES (?, ?, ?, ?, ?, ?)').run(
    host,
    rule,
    place,
    after.pattern,
    after.note,
    after.saved,
  );
}
