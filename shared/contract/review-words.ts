import { assertNever } from '../lib/assert.ts';
import type { ReviewChange } from './review.ts';

/** One call by its reference, several by their number. */
const calls = ({ refs }: { readonly refs: readonly string[] }, count: number): string => {
  const [only] = refs;
  return refs.length === 1 && only !== undefined ? only : count === 1 ? '1 call' : `${String(count)} calls`;
};

/** A change in words, as the log and the Undo button say it: `tagged 3 calls "exfil"`. `changed` counts calls. */
export function describeChange(change: ReviewChange, changed: number): string {
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
    default:
      return assertNever(change, 'change');
  }
}
