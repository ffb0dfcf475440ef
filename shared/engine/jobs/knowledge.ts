import { AppError, toAppError } from '../../contract/errors.ts';
import type { KnowledgeCheck } from '../../contract/inspection.ts';
import { parseMapping } from '../../contract/mapping.ts';
import { parseIam, type IamEntry } from '../../model/knowledge/iam.ts';
import { parseKeySet } from '../../model/knowledge/key-set.ts';
import { ANALYSIS_KINDS, type KnowledgeKind } from '../../model/knowledge/kinds.ts';
import { parseRanges } from '../../model/knowledge/ranges.ts';
import { findLogFormats } from '../importers/access/find-log-formats.ts';
import { compileGivenFormat } from '../importers/access/given-format.ts';
import { readSigmaRules } from '../../sigma/read-rules.ts';
import type { EnginePorts } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { bumpRevision } from '../store/meta.ts';
import { raiseEvidenceRevision } from './withdraw.ts';

/** A text that is to be added to what the case knows. */
export interface GivenKnowledge {
  readonly kind: KnowledgeKind;
  readonly name: string;
  readonly text: string;
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

function checkLogFormat(text: string): KnowledgeCheck {
  const declared = findLogFormats(text).length;
  if (declared > 0) return { says: plural(declared, 'declared log format') };
  try {
    compileGivenFormat(text);
    return { says: 'one log format' };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== 'bad-params') throw thrown;
    return { problem: error.message };
  }
}

/** What a list says of where principals call from; nothing where it has no such column. */
function addressesSaid(entries: readonly IamEntry[]): string {
  const placed = entries.filter(({ addresses = [] }) => addresses.length > 0);
  const addresses = placed.reduce((sum, entry) => sum + (entry.addresses?.length ?? 0), 0);
  const others = entries.flatMap(({ notAddresses = [] }) => notAddresses);
  return [
    ...(addresses === 0 ? [] : [`, ${plural(addresses, 'address or network', 'addresses and networks')} of ${String(placed.length)}`]),
    ...(others.length === 0
      ? []
      : [
          `; passed over as no address: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${String(others.length - 3)} more` : ''}`,
        ]),
  ].join('');
}

const checks: Readonly<Record<KnowledgeKind, (text: string, name: string) => KnowledgeCheck>> = {
  mapping(text) {
    const mapping = parseMapping(text);
    return typeof mapping === 'string' ? { problem: mapping } : { mapping, says: `the mapping ${mapping.name}` };
  },
  'log-format': checkLogFormat,
  iam(text) {
    const entries = parseIam(text);
    if (typeof entries === 'string') return { problem: entries };
    const owned = entries.filter(({ owner }) => owner !== undefined).length;
    return { says: `${plural(entries.length, 'principal')}, ${String(owned)} of them with an owner${addressesSaid(entries)}` };
  },
  jwks(text) {
    const keys = parseKeySet(text);
    return typeof keys === 'string' ? { problem: keys } : { says: plural(keys.length, 'public key') };
  },
  'key-directory'(text) {
    const keys = parseKeySet(text);
    return typeof keys === 'string' ? { problem: keys } : { says: `${plural(keys.length, 'public key')} of signing agents` };
  },
  sigma(text) {
    const rules = readSigmaRules(text);
    if (typeof rules === 'string') return { problem: rules };
    const silent = rules.flatMap((rule) => (rule.kind === 'unusable' ? [`${rule.title}: ${rule.reason}`] : []));
    const cannot = silent.length === 0 ? '' : `, ${String(silent.length)} of them cannot run: ${silent.slice(0, 5).join(' · ')}`;
    return { says: `${plural(rules.length, 'Sigma rule')}${cannot}` };
  },
  ranges(text, name) {
    const list = parseRanges(text, name);
    return typeof list === 'string'
      ? { problem: list }
      : { says: `${plural(list.ranges.length, 'address range')} of ${list.agents.join(', ')}, published ${list.date}` };
  },
};

/** Whether a text can be added to what the case knows: what it says, or what is wrong with it. */
export const checkKnowledge = ({ kind, name, text }: GivenKnowledge): KnowledgeCheck => checks[kind](text, name);

/** Notes that the analysis rests on knowledge that has changed; true when it does. */
function noteChange(db: SqlDriver, kind: KnowledgeKind): boolean {
  if (!ANALYSIS_KINDS.has(kind)) return false;
  // Rules are asked by detectors alone, which see themselves that there are others.
  if (kind !== 'sigma') raiseEvidenceRevision(db);
  bumpRevision(db);
  return true;
}

/** Adds knowledge or replaces what stands under its name; true when the analysis is out of date then. Errors: AppError `bad-params`. */
export function addKnowledge(db: SqlDriver, { crypto, now }: Pick<EnginePorts, 'crypto' | 'now'>, given: GivenKnowledge): boolean {
  const { problem, says = '' } = checkKnowledge(given);
  if (problem !== undefined) throw new AppError('bad-params', problem);
  const { kind, name, text } = given;
  return db.transaction(() => {
    // The same again, as a script does before each audit, costs no new analysis.
    const sha256 = crypto.sha256Hex(text);
    if (db.prepare('SELECT 1 FROM knowledge WHERE kind = ? AND name = ? AND sha256 = ?').get(kind, name, sha256) !== undefined)
      return false;
    db.prepare(
      `INSERT INTO knowledge (kind, name, text, sha256, added, says) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (kind, name) DO UPDATE SET text = excluded.text, sha256 = excluded.sha256, added = excluded.added, says = excluded.says`,
    ).run(kind, name, text, sha256, now(), says);
    return noteChange(db, kind);
  });
}

/** Takes knowledge out of the case. */
export const removeKnowledge = (
  db: SqlDriver,
  kind: KnowledgeKind,
  name: string,
): { readonly removed: boolean; readonly isStale: boolean } =>
  db.transaction(() => {
    const removed = db.prepare('DELETE FROM knowledge WHERE kind = ? AND name = ?').run(kind, name).changes > 0;
    return { removed, isStale: removed && noteChange(db, kind) };
  });
