import { assertNever } from '../lib/assert.ts';
import { REVOCATION_STEP_TEXT } from '../model/revocation-steps.ts';
import { describeScope } from './suppression-words.ts';
import { printSessionKey } from '../model/session-key.ts';
import type { ReviewChange } from './review.ts';
import type { RuleName } from './templates.ts';
import { describeTriage } from './triage-words.ts';

/** One call by its reference, several by their number. */
const calls = ({ refs }: { readonly refs: readonly string[] }, count: number): string => {
  const [only] = refs;
  return refs.length === 1 && only !== undefined ? only : count === 1 ? '1 call' : `${String(count)} calls`;
};

const RULE_WORDS: Readonly<Record<RuleName['kind'], string>> = {
  pin: 'pinned the template',
  word: 'kept as a word',
  value: 'made values of',
  name: 'named the parameter of',
};

/** One rule by its pattern, several by their number; what was set counts before what was removed. */
function describeRules({ host, set, remove }: Extract<ReviewChange, { kind: 'templates' }>): string {
  const [only] = set;
  const where = host === '' ? '' : ` on ${host}`;
  if (set.length === 1 && only !== undefined) return `${RULE_WORDS[only.kind]} ${only.pattern}${where}`;
  if (set.length > 1) return `set ${String(set.length)} template rules${where}`;
  const [gone] = remove;
  return remove.length === 1 && gone !== undefined
    ? `removed the template rule ${gone.kind} ${gone.pattern}${where}`
    : `removed ${String(remove.length)} template rules${where}`;
}

/**
 * A change in words, as the log and the Undo button say it: `tagged 3 calls "exfil"`. `changed` counts calls; `nameOf` gives what stands
 * for the id of a finding, which in the log is the id itself.
 */
export function describeChange(change: ReviewChange, changed: number, nameOf: (finding: string) => string = (id) => id): string {
  switch (change.kind) {
    case 'tag':
      return `${change.on ? 'tagged' : 'untagged'} ${calls(change, changed)} "${change.tag}"`;
    case 'star':
      return `${change.on ? 'starred' : 'unstarred'} ${calls(change, changed)}`;
    case 'mark':
      return `${change.on ? 'marked' : 'unmarked'} ${calls(change, changed)} for the timeline`;
    case 'note-add':
      return `added a note to ${change.ref}`;
    case 'note-edit':
      return `edited note ${String(change.note)}`;
    case 'note-remove':
      return `removed note ${String(change.note)}`;
    case 'tag-define':
      return `gave the tag "${change.tag}" colour and shape ${String(change.slot)}`;
    case 'classify':
      return `set ${change.endpoint} to ${change.level}: ${change.reason}`;
    case 'classify-remove':
      return `took back the level of ${change.endpoint}`;
    case 'revoked':
      return change.at === undefined
        ? `took back when ${change.credential} was revoked`
        : `noted that ${change.credential} was revoked at ${change.at}`;
    case 'revocation-step':
      return `${change.on ? 'ticked' : 'unticked'} "${REVOCATION_STEP_TEXT[change.step]}" for ${change.credential}`;
    case 'principals-merge':
      return `took ${change.principals.join(', ')} for one: ${change.reason}`;
    case 'principal-split':
      return `split ${change.principal}: ${change.reason}`;
    case 'principal-owner':
      return change.owner === '' ? `took the owner of ${change.principal} away` : `made ${change.owner} the owner of ${change.principal}`;
    case 'view-save':
      return `saved the view "${change.name}"`;
    case 'view-remove':
      return `removed the view "${change.name}"`;
    case 'detector-save':
      return `${change.id === undefined ? 'made' : 'changed'} the detector "${change.detector.name}": ${change.detector.query}`;
    case 'detector-remove':
      return `removed the detector ${change.id}`;
    case 'suppress':
      return `${change.id === undefined ? 'suppressed' : 'changed the suppression of'} ${describeScope(change.suppression.scope)}${change.suppression.until === undefined ? '' : ` until ${change.suppression.until}`}: ${change.suppression.reason}`;
    case 'suppress-remove':
      return `removed ${change.id}`;
    case 'templates':
      return describeRules(change);
    case 'session-keys':
      return change.keys.length === 0
        ? 'told sessions by pauses alone again'
        : `told sessions by ${change.keys.map(printSessionKey).join(', then ')}`;
    case 'finding-accept':
    case 'finding-dismiss':
    case 'finding-reopen':
    case 'finding-severity':
    case 'finding-note':
    case 'finding-merge':
    case 'outcome':
      return describeTriage(change, nameOf);
    default:
      return assertNever(change, 'change');
  }
}
