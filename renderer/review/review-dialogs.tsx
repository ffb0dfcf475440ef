import './review.css';
import { useState } from 'react';
import { ChangeLog } from './change-log.tsx';
import { MAX_NOTE, MAX_TAG } from '#shared/model/review-size.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import { useTagSlots } from '../query/use-tag-slots.ts';
import { showReviewDialog, useReviewDialog } from '../state/review-dialog.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { Modal } from '../widgets/modal.tsx';
import { TagMark, TagSlots } from '../widgets/tag-mark.tsx';

const close = (): void => {
  showReviewDialog(undefined);
};

/** The dialogs in which the analyst tags calls or writes a note; drawn by the frame, opened from any screen. */
export function ReviewDialogs() {
  const open = useReviewDialog((state) => state.open);
  if (open === undefined) return null;
  switch (open.kind) {
    case 'tag':
      return <TagDialog refs={open.refs} />;
    case 'note':
      return <NoteDialog reference={open.ref} />;
    case 'log':
      return <ChangeLog onClose={close} />;
  }
}

function TagDialog({ refs }: { readonly refs: readonly string[] }) {
  const tags = useEngineQuery('review.tags', {});
  const slots = useTagSlots();
  const { change } = useReview();
  const [name, setName] = useState('');
  const set = (tag: string, on: boolean): void => {
    void change({ kind: 'tag', refs, tag, on });
    close();
  };
  const wanted = name.trim();
  const known = (tags.data ?? []).filter(({ tag }) => tag.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Modal title={`Tag ${formatPlural(refs.length, 'call')}`} about="Tags are kept in the case. Evidence stays as it is." onClose={close}>
      <TagSlots value={slots}>
        <form
          className="review-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== '') set(wanted, true);
          }}
        >
          <input
            type="text"
            aria-label="Tag"
            data-first=""
            placeholder="A new tag, or part of a known one"
            maxLength={MAX_TAG}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          <Button type="submit" primary disabled={wanted === ''}>
            Add
          </Button>
        </form>
        <ul className="review-known" aria-label="Known tags">
          {known.map(({ tag, calls }) => (
            <li key={tag}>
              <Button
                onClick={() => {
                  set(tag, true);
                }}
              >
                <TagMark tag={tag} named /> <span className="muted number">{formatCount(calls)}</span>
              </Button>
              <button
                type="button"
                className="link"
                onClick={() => {
                  set(tag, false);
                }}
              >
                take off
              </button>
            </li>
          ))}
        </ul>
      </TagSlots>
    </Modal>
  );
}

function NoteDialog({ reference }: { readonly reference: string }) {
  const { change } = useReview();
  const [text, setText] = useState('');
  const save = (): void => {
    if (text.trim() === '') return;
    void change({ kind: 'note-add', ref: reference, text });
    close();
  };
  return (
    <Modal title="Add a note" about={<EvidenceText text={reference} />} onClose={close}>
      <form
        className="review-form review-form-tall"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <textarea
          aria-label="Note"
          data-first=""
          rows={6}
          maxLength={MAX_NOTE}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          }}
        />
        <Button type="submit" primary disabled={text.trim() === ''}>
          Add the note
        </Button>
      </form>
    </Modal>
  );
}
