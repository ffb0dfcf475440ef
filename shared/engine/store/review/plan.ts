import { append } from '../../../lib/append.ts';
import { least } from '../../../lib/extremes.ts';
import { AppError } from '../../../contract/errors.ts';
import { TAG_SLOTS, type ReviewChange } from '../../../contract/review.ts';
import { assertNever } from '../../../lib/assert.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { SqlDriver } from '../driver.ts';
import { sessionKeyId, type SessionKey } from '../../../model/session-key.ts';
import { sightingFinder, type CallName } from '../read/calls/sightings.ts';
import { listLevelOverrides, type LevelState } from '../read/inventory/level-overrides.ts';
import { listDecisions, type Decision } from '../read/revocation/decisions.ts';
import { findSessionKeys } from '../read/session-keys.ts';
import { planRules } from './plan-rules.ts';
import { findNote, findSlot, findView, labelEffect, type Effect, type Plan } from './effect.ts';
import { planKept } from './plan-kept.ts';
import { planIdentity } from './plan-identity.ts';
import { planTriage } from './plan-triage.ts';

type Label = 'tag' | 'star' | 'mark';

const NOTHING: Plan = { effect: undefined, changed: 0 };

const findLabel = (db: SqlDriver, kind: Label, name: string): number | undefined =>
  db.prepare('SELECT id FROM review_label WHERE kind = ? AND name = ?').get<{ id: number }>(kind, name)?.id;

/**
 * The row of a label, made when there is none. It stays when the label is taken off every call, so that a tag keeps its colour.
 * A tag gets the slot that fewest tags have, the lowest of them.
 */
function ensureLabel(db: SqlDriver, kind: Label, name: string): number {
  const known = findLabel(db, kind, name);
  if (known !== undefined) return known;
  const uses = Array.from({ length: TAG_SLOTS }, () => 0);
  for (const { slot } of db.prepare("SELECT slot FROM review_label WHERE kind = 'tag'").all<{ slot: number }>())
    uses[slot - 1] = (uses[slot - 1] ?? 0) + 1;
  const slot = kind === 'tag' ? uses.indexOf(least(uses)) + 1 : 0;
  return db.prepare('INSERT INTO review_label (kind, name, slot, chosen) VALUES (?, ?, ?, 0)').run(kind, name, slot).lastId;
}

/** A label stands on a call when any sighting of it has it: it is put on the one that was named, and taken off all. */
function planLabel(
  db: SqlDriver,
  kind: Label,
  name: string,
  { refs, on }: { readonly refs: readonly string[]; readonly on: boolean },
): Plan {
  const label = on ? ensureLabel(db, kind, name) : findLabel(db, kind, name);
  if (label === undefined) return NOTHING;
  const find = sightingFinder(db);
  const has = db.prepare('SELECT 1 FROM review_labelled WHERE source = ? AND record = ? AND label_id = ?');
  const done = new Set<number>();
  const names: CallName[] = [];
  let changed = 0;
  for (const ref of refs) {
    const { call, name: named, sightings } = find(ref);
    if (done.has(call)) continue;
    done.add(call);
    const labelled = sightings.filter(({ source, record }) => has.get(source, record, label) !== undefined);
    if (labelled.length > 0 === on) continue;
    append(names, on ? [named] : labelled);
    changed += 1;
  }
  return changed === 0 ? NOTHING : { effect: labelEffect(label, on, names), changed };
}

function planNoteEdit(db: SqlDriver, note: number, text: string | undefined, entry: number): Plan {
  const before = findNote(db, note);
  if (before === undefined) throw new AppError('not-found', `no note ${String(note)} in this case`);
  if (text === undefined) return { effect: { kind: 'note', note, before }, changed: 1 };
  if (text === before.text) return NOTHING;
  return { effect: { kind: 'note', note, before, after: { ...before, text, edited: entry } }, changed: 1 };
}

function planSlot(db: SqlDriver, tag: string, slot: number): Plan {
  const label = ensureLabel(db, 'tag', tag);
  const before = findSlot(db, label) ?? { slot, chosen: false };
  if (before.chosen && before.slot === slot) return NOTHING;
  return { effect: { kind: 'slot', label, before, after: { slot, chosen: true } }, changed: 1 };
}

function planView(db: SqlDriver, name: string, view: string | undefined, entry: number): Plan {
  const before = findView(db, name);
  if (view === undefined && before === undefined) throw new AppError('not-found', `no view "${name}" in this case`);
  if (view !== undefined && view === before?.view) return NOTHING;
  const effect: Effect = {
    kind: 'view',
    name,
    ...(before === undefined ? {} : { before }),
    ...(view === undefined ? {} : { after: { view, saved: entry } }),
  };
  return { effect, changed: 1 };
}

function planLevel(db: SqlDriver, endpoint: string, after: LevelState | undefined): Plan {
  if (db.prepare('SELECT 1 FROM endpoint WHERE key = ?').get(endpoint) === undefined)
    throw new AppError('not-found', `no endpoint ${endpoint} in this case`);
  const now = listLevelOverrides(db).get(endpoint);
  if (now?.level === after?.level && now?.reason === after?.reason) return NOTHING;
  const before = now === undefined ? {} : { before: { level: now.level, reason: now.reason, set: now.entry } };
  return { effect: { kind: 'level', endpoint, ...before, ...(after === undefined ? {} : { after }) }, changed: 1 };
}

type DecisionChange = Extract<ReviewChange, { readonly kind: 'revoked' | 'revocation-step' }>;

/** What the analyst says of a credential after the change. */
function decide(now: Decision | undefined, change: DecisionChange): Omit<Decision, 'set'> {
  const done = now?.done ?? [];
  if (change.kind === 'revoked') return { done, ...(change.at === undefined ? {} : { revokedAt: Date.parse(change.at) * 1000 }) };
  const others = done.filter((step) => step !== change.step);
  return { ...now, done: (change.on ? [...others, change.step] : others).sort() };
}

function planDecision(db: SqlDriver, change: DecisionChange, entry: number): Plan {
  const fingerprint = db
    .prepare('SELECT c.fingerprint FROM credential_use u JOIN credential c ON c.id = u.credential_id WHERE u.key = ?')
    .get<{ fingerprint: string }>(change.credential)?.fingerprint;
  if (fingerprint === undefined) throw new AppError('not-found', `no credential ${change.credential} in this case`);
  const before = listDecisions(db).get(fingerprint);
  const { revokedAt, done } = decide(before, change);
  if (before?.revokedAt === revokedAt && canonicalJson(before?.done ?? []) === canonicalJson(done)) return NOTHING;
  const after: Decision = { done, set: entry, ...(revokedAt === undefined ? {} : { revokedAt }) };
  return { effect: { kind: 'revocation', credential: fingerprint, ...(before === undefined ? {} : { before }), after }, changed: 1 };
}

function planSessionKeys(db: SqlDriver, keys: readonly SessionKey[], entry: number): Plan {
  const before = findSessionKeys(db);
  if (canonicalJson((before?.keys ?? []).map(sessionKeyId)) === canonicalJson(keys.map(sessionKeyId))) return NOTHING;
  const effect: Effect = { kind: 'session-keys', ...(before === undefined ? {} : { before }), after: { keys, set: entry } };
  return { effect, changed: keys.length };
}

/**
 * Works out what a change does; `entry` is the number that it will have in the log. Call inside the transaction that applies it.
 * Errors: AppError `not-found` when it names a call, note or view that is not there; then nothing of it is done.
 */
export function planChange(db: SqlDriver, change: ReviewChange, entry: number): Plan {
  switch (change.kind) {
    case 'tag':
      return planLabel(db, 'tag', change.tag, change);
    case 'star':
    case 'mark':
      return planLabel(db, change.kind, '', change);
    case 'note-add': {
      const { name } = sightingFinder(db)(change.ref);
      return { effect: { kind: 'note', note: entry, after: { ...name, text: change.text } }, changed: 1 };
    }
    case 'note-edit':
      return planNoteEdit(db, change.note, change.text, entry);
    case 'note-remove':
      return planNoteEdit(db, change.note, undefined, entry);
    case 'tag-define':
      return planSlot(db, change.tag, change.slot);
    case 'classify':
      return planLevel(db, change.endpoint, { level: change.level, reason: change.reason, set: entry });
    case 'classify-remove':
      return planLevel(db, change.endpoint, undefined);
    case 'revoked':
    case 'revocation-step':
      return planDecision(db, change, entry);
    case 'principals-merge':
    case 'principal-split':
    case 'principal-owner':
      return planIdentity(db, change, entry);
    case 'detector-save':
    case 'detector-remove':
    case 'suppress':
    case 'suppress-remove':
      return planKept(db, change, entry);
    case 'view-save':
      return planView(db, change.name, canonicalJson(change.view), entry);
    case 'view-remove':
      return planView(db, change.name, undefined, entry);
    case 'templates':
      return planRules(db, change, entry);
    case 'session-keys':
      return planSessionKeys(db, change.keys, entry);
    case 'finding-accept':
    case 'finding-dismiss':
    case 'finding-reopen':
    case 'finding-severity':
    case 'finding-note':
    case 'finding-merge':
    case 'outcome':
      return planTriage(db, change, entry);
    default:
      return assertNever(change, 'change');
  }
}
