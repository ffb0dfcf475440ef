import './review-marks.css';
import { Bookmark, Star, StickyNote } from 'lucide-react';
import type { CallRow } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from './format.ts';
import { TagMark } from './tag-mark.tsx';

/** What the analyst put on a call: star, timeline mark, notes, the first tag and how many more. */
export function ReviewMarks({ call }: { readonly call: Pick<CallRow, 'starred' | 'marked' | 'notes' | 'tags'> }) {
  const { starred, marked, notes, tags } = call;
  if (starred === undefined && marked === undefined && notes === undefined && tags === undefined) return null;
  const [first, ...rest] = tags ?? [];
  const names = rest.map((tag) => `tag ${toVisibleText(tag)}`).join(', ');
  return (
    <span className="call-marks">
      {starred === undefined ? null : <Star size={12} strokeWidth={1.5} className="call-star" role="img" aria-label="starred" />}
      {marked === undefined ? null : <Bookmark size={12} strokeWidth={1.5} role="img" aria-label="on the timeline" />}
      {notes === undefined ? null : <StickyNote size={12} strokeWidth={1.5} role="img" aria-label={formatPlural(notes, 'note')} />}
      {first === undefined ? null : <TagMark tag={first} />}
      {rest.length === 0 ? null : (
        <span className="muted number" role="img" aria-label={`and ${names}`} title={names}>
          +{formatCount(rest.length)}
        </span>
      )}
    </span>
  );
}
