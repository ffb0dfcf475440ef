import './review.css';
import { Bookmark, Pencil, Star, StickyNote, Tag, Trash2, X, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { NoteRow } from '#shared/contract/review.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import { showReviewDialog } from '../state/review-dialog.ts';
import { formatTime } from '../widgets/format.ts';
import { NoteText } from './note-text.tsx';
import { TagMark } from '../widgets/tag-mark.tsx';

/** What the analyst put on one call: star, timeline mark, tags and notes, each of them to be changed here. */
export function CallReview({ call }: { readonly call: CallRow }) {
  const { change } = useReview();
  const { ref, tags = [] } = call;
  return (
    <section className="review" aria-label="Your marks">
      <div className="review-line">
        <Toggle
          icon={Star}
          label="Star"
          on={call.starred === true}
          onToggle={(on) => {
            void change({ kind: 'star', refs: [ref], on });
          }}
        />
        <Toggle
          icon={Bookmark}
          label="Mark for the timeline"
          on={call.marked === true}
          onToggle={(on) => {
            void change({ kind: 'mark', refs: [ref], on });
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Tag this call"
          title="Tag"
          onClick={() => {
            showReviewDialog({ kind: 'tag', refs: [ref] });
          }}
        >
          <Tag size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Add a note to this call"
          title="Add a note (N)"
          onClick={() => {
            showReviewDialog({ kind: 'note', ref });
          }}
        >
          <StickyNote size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
        {tags.map((tag) => (
          <span key={tag} className="chip">
            <span className="chip-label">
              <TagMark tag={tag} named />
            </span>
            <button
              type="button"
              className="chip-button"
              aria-label={`Take off the tag ${tag}`}
              onClick={() => {
                void change({ kind: 'tag', refs: [ref], tag, on: false });
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

interface ToggleProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
}

function Toggle({ icon: Icon, label, on, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      className="icon-button review-toggle"
      aria-label={label}
      aria-pressed={on}
      title={label}
      onClick={() => {
        onToggle(!on);
      }}
    >
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
    </button>
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
  const [draft, setDraft] = useState<string | undefined>(undefined);
  return (
    <>
      <div className="review-note-head">
        <span className="number">{formatTime(note.at, 'min')} UTC</span>
        {note.edited === undefined ? null : <span>edited {formatTime(note.edited, 'min')}</span>}
        <button
          type="button"
          className="icon-button"
          aria-label="Edit the note"
          onClick={() => {
            setDraft(note.text);
          }}
        >
          <Pencil size={12} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Remove the note"
          onClick={() => {
            void change({ kind: 'note-remove', note: note.id });
          }}
        >
          <Trash2 size={12} strokeWidth={1.5} aria-hidden="true" />
        </button>
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
          <button type="submit" className="button">
            Keep
          </button>
        </form>
      )}
    </>
  );
}
