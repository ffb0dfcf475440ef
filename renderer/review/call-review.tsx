import './review.css';
import { Bookmark, Pencil, Star, StickyNote, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { NoteRow } from '#shared/contract/review.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useKeysOf } from '../state/use-keys-of.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { showReviewDialog } from '../state/review-dialog.ts';
import { Button } from '../widgets/button.tsx';
import { formatTime } from '../widgets/format.ts';
import { NoteText } from './note-text.tsx';
import { TagMark } from '../widgets/tag-mark.tsx';

/** What the analyst put on one call: star, timeline mark, tags and notes, each of them to be changed here. */
export function CallReview({ call }: { readonly call: CallRow }) {
  const { change } = useReview();
  const disabled = useReadOnly();
  const keysOf = useKeysOf();
  const { ref, tags = [], starred = false, marked = false } = call;
  const refs = [ref];
  const named = (label: string, command: string): string => {
    const keys = keysOf(command);
    return keys === undefined ? label : `${label} (${keys.toUpperCase()})`;
  };
  const toggle = (kind: 'star' | 'mark', on: boolean) => () => void change({ kind, refs, on });
  const look = { size: 14, disabled } as const;
  return (
    <section className="review" aria-label="Your marks">
      <div className="review-line">
        <IconButton
          {...look}
          icon={Star}
          label="Star"
          title={named('Star', 'star-call')}
          className="review-toggle"
          pressed={starred}
          onClick={toggle('star', !starred)}
        />
        <IconButton
          {...look}
          icon={Bookmark}
          label="Mark for the timeline"
          title={named('Mark for the timeline', 'mark-call')}
          className="review-toggle"
          pressed={marked}
          onClick={toggle('mark', !marked)}
        />
        <IconButton
          {...look}
          icon={Tag}
          label="Tag this call"
          title={named('Tag', 'tag-call')}
          onClick={() => {
            showReviewDialog({ kind: 'tag', refs });
          }}
        />
        <IconButton
          {...look}
          icon={StickyNote}
          label="Add a note to this call"
          title={named('Add a note', 'note-call')}
          onClick={() => {
            showReviewDialog({ kind: 'note', ref });
          }}
        />
        {tags.map((tag) => (
          <span key={tag} className="chip">
            <span className="chip-label">
              <TagMark tag={tag} named />
            </span>
            <button
              type="button"
              className="chip-button"
              aria-label={`Take off the tag ${toVisibleText(tag)}`}
              disabled={disabled !== undefined}
              title={disabled}
              onClick={() => {
                void change({ kind: 'tag', refs, tag, on: false });
              }}
            >
              <X size={12} strokeWidth={1.5} aria-hidden="true" />
            </button>
          </span>
        ))}
      </div>
      {call.notes === undefined ? null : <Notes reference={ref} />}
    </section>
  );
}

function Notes({ reference }: { readonly reference: string }) {
  const notes = useEngineQuery('review.notes', { ref: reference });
  return (
    <ul aria-label="Notes">
      {(notes.data ?? []).map((note) => (
        <li key={note.id} className="review-note">
          <Note key={note.text} note={note} />
        </li>
      ))}
    </ul>
  );
}

function Note({ note }: { readonly note: NoteRow }) {
  const { change } = useReview();
  const disabled = useReadOnly();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  return (
    <>
      <div className="review-note-head">
        <span className="number">{formatTime(note.at, 'min')} UTC</span>
        {note.edited === undefined ? null : <span>edited {formatTime(note.edited, 'min')}</span>}
        <IconButton
          icon={Pencil}
          label="Edit the note"
          size={12}
          disabled={disabled}
          onClick={() => {
            setDraft(note.text);
          }}
        />
        <IconButton
          icon={Trash2}
          label="Remove the note"
          size={12}
          disabled={disabled}
          onClick={() => void change({ kind: 'note-remove', note: note.id })}
        />
      </div>
      {draft === undefined ? (
        <NoteText text={note.text} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setDraft(undefined);
            if (draft.trim() !== '') void change({ kind: 'note-edit', note: note.id, text: draft });
          }}
        >
          <textarea
            aria-label="Note"
            rows={4}
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
            }}
          />
          <Button type="submit">Keep</Button>
        </form>
      )}
    </>
  );
}
