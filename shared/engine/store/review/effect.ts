import { assertNever } from '../../../lib/assert.ts';
import type { SqlDriver } from '../driver.ts';
import { listLevelOverrides, type LevelEffect } from '../read/inventory/level-overrides.ts';
import { listDecisions, type DecisionEffect } from '../read/revocation/decisions.ts';
import { listIdentityEdits, type IdentityEffect } from '../read/principals/identity-edits.ts';
import { listKeptRules, type KeptEffect } from '../read/findings/kept-rules.ts';
import type { CallName } from '../read/calls/sightings.ts';
import { findSessionKeys, type SessionKeysEffect } from '../read/session-keys.ts';
import { findOutcome, listVerdicts, type OutcomeEffect, type VerdictEffect } from '../read/findings/verdicts.ts';
import { applyRule, inverseRule, ruleStands, type RuleEffect } from './rule-effect.ts';

/** A note as it stands; `edited` is the log's entry that last changed its text. */
export interface NoteState extends CallName {
  readonly text: string;
  readonly edited?: number;
}

/** A saved view as it stands; `view` is JSON, `saved` the log's entry. */
export interface ViewState {
  readonly view: string;
  readonly saved: number;
}

/** Colour and shape of a tag, and whether the analyst chose them. */
export interface SlotState {
  readonly slot: number;
  readonly chosen: boolean;
}

/**
 * What one entry of the log did, exactly: enough to see whether it still stands, and to take it back.
 * Shape: `calls` by source, so that 10,000 of one file fit in 60 KB; what was or is not there is left out.
 */
export type Effect =
  | {
      readonly kind: 'label';
      readonly label: number;
      readonly on: boolean;
      readonly calls: readonly (readonly [source: string, records: readonly number[]])[];
    }
  | { readonly kind: 'note'; readonly note: number; readonly before?: NoteState; readonly after?: NoteState }
  | { readonly kind: 'slot'; readonly label: number; readonly before: SlotState; readonly after: SlotState }
  | LevelEffect
  | DecisionEffect
  | IdentityEffect
  | KeptEffect
  | SessionKeysEffect
  | VerdictEffect
  | OutcomeEffect
  | { readonly kind: 'view'; readonly name: string; readonly before?: ViewState; readonly after?: ViewState }
  | { readonly kind: 'rules'; readonly rules: readonly RuleEffect[] };

/** What a change would do to the case as it is now; no effect when it is so already. */
export interface Plan {
  readonly effect: Effect | undefined;
  /** Calls, or notes, tags, views, rules, that would be other than before. */
  readonly changed: number;
}

/** An effect on labels of these calls. */
export function labelEffect(label: number, on: boolean, names: readonly CallName[]): Effect {
  const bySource = new Map<string, number[]>();
  for (const { source, record } of names) {
    const records = bySource.get(source);
    if (records === undefined) bySource.set(source, [record]);
    else records.push(record);
  }
  return { kind: 'label', label, on, calls: [...bySource] };
}

/** The effect that takes another one back. */
export function inverse(effect: Effect): Effect {
  switch (effect.kind) {
    case 'label':
      return { ...effect, on: !effect.on };
    case 'note': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'slot':
      return { ...effect, before: effect.after, after: effect.before };
    case 'revocation': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'session-keys': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'level': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'verdict': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'outcome': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'kept': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'identity':
      return { ...effect, on: !effect.on };
    case 'view': {
      const { before, after, ...rest } = effect;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    }
    case 'rules':
      return { ...effect, rules: effect.rules.map(inverseRule) };
    default:
      return assertNever(effect, 'effect');
  }
}

/** A note as the case has it now. */
export function findNote(db: SqlDriver, id: number): NoteState | undefined {
  const row = db
    .prepare('SELECT source, record, text, edited FROM review_note WHERE id = ?')
    .get<CallName & { readonly text: string; readonly edited: number | null }>(id);
  if (row === undefined) return undefined;
  const { source, record, text, edited } = row;
  return { source, record, text, ...(edited === null ? {} : { edited }) };
}

/** A saved view as the case has it now. */
export const findView = (db: SqlDriver, name: string): ViewState | undefined =>
  db.prepare('SELECT view, saved FROM review_view WHERE name = ?').get<ViewState>(name);

/** The slot that a tag has now. */
export function findSlot(db: SqlDriver, label: number): SlotState | undefined {
  const row = db.prepare('SELECT slot, chosen FROM review_label WHERE id = ?').get<{ slot: number; chosen: number }>(label);
  return row === undefined ? undefined : { slot: row.slot, chosen: row.chosen === 1 };
}

/** True when everything is still as the effect left it. */
export function stillStands(db: SqlDriver, effect: Effect): boolean {
  switch (effect.kind) {
    case 'label': {
      const has = db.prepare('SELECT 1 FROM review_labelled WHERE source = ? AND record = ? AND label_id = ?');
      return effect.calls.every(([source, records]) =>
        records.every((record) => (has.get(source, record, effect.label) !== undefined) === effect.on),
      );
    }
    case 'note': {
      const now = findNote(db, effect.note);
      const { after } = effect;
      if (now === undefined || after === undefined) return now === after;
      return now.text === after.text && now.edited === after.edited && now.source === after.source && now.record === after.record;
    }
    case 'slot': {
      const now = findSlot(db, effect.label);
      return now?.slot === effect.after.slot && now.chosen === effect.after.chosen;
    }
    case 'level':
      return listLevelOverrides(db).get(effect.endpoint)?.entry === effect.after?.set;
    case 'revocation':
      return listDecisions(db).get(effect.credential)?.set === effect.after?.set;
    case 'kept':
      return listKeptRules(db).get(effect.id)?.set === effect.after?.set;
    case 'verdict':
      return listVerdicts(db).get(effect.finding)?.set === effect.after?.set;
    case 'outcome':
      return findOutcome(db)?.set === effect.after?.set;
    case 'session-keys':
      return findSessionKeys(db)?.set === effect.after?.set;
    case 'identity':
      return listIdentityEdits(db).some(({ entry }) => entry === effect.entry) === effect.on;
    case 'view': {
      const now = findView(db, effect.name);
      return now?.view === effect.after?.view && now?.saved === effect.after?.saved;
    }
    case 'rules':
      return effect.rules.every((rule) => ruleStands(db, rule));
    default:
      return assertNever(effect, 'effect');
  }
}

/** Makes the case what the effect says comes after it. Call inside a transaction. */
export function apply(db: SqlDriver, effect: Effect): void {
  switch (effect.kind) {
    case 'label': {
      const change = db.prepare(
        effect.on
          ? 'INSERT OR IGNORE INTO review_labelled (source, record, label_id) VALUES (?, ?, ?)'
          : 'DELETE FROM review_labelled WHERE source = ? AND record = ? AND label_id = ?',
      );
      for (const [source, records] of effect.calls) for (const record of records) change.run(source, record, effect.label);
      return;
    }
    case 'note': {
      db.prepare('DELETE FROM review_note WHERE id = ?').run(effect.note);
      const { after } = effect;
      if (after === undefined) return;
      db.prepare('INSERT INTO review_note (id, source, record, text, edited) VALUES (?, ?, ?, ?, ?)').run(
        effect.note,
        after.source,
        after.record,
        after.text,
        after.edited ?? null,
      );
      return;
    }
    case 'slot':
      db.prepare('UPDATE review_label SET slot = ?, chosen = ? WHERE id = ?').run(
        effect.after.slot,
        effect.after.chosen ? 1 : 0,
        effect.label,
      );
      return;
    case 'level':
    case 'revocation':
    case 'kept':
    case 'identity':
    case 'session-keys':
    case 'verdict':
    case 'outcome':
      // The log itself is where these stand: see `listLevelOverrides`, `listDecisions`, `listKeptRules`, `listIdentityEdits`, `findSessionKeys`,
      // `listVerdicts`, `findOutcome`; findings follow once the log has the entry: see `append`.
      return;
    case 'view': {
      db.prepare('DELETE FROM review_view WHERE name = ?').run(effect.name);
      const { after } = effect;
      if (after !== undefined)
        db.prepare('INSERT INTO review_view (name, view, saved) VALUES (?, ?, ?)').run(effect.name, after.view, after.saved);
      return;
    }
    case 'rules':
      for (const rule of effect.rules) applyRule(db, rule);
      return;
    default:
      assertNever(effect, 'effect');
  }
}
