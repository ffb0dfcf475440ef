import { keysFor } from '../state/built-in-keys.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import type { Command } from '../state/commands.ts';
import { useReadOnly } from '../state/read-only.ts';
import { showReviewDialog } from '../state/review-dialog.ts';

const NO_CALL = 'Choose a call first';

/** Commands for tags, stars, marks and notes: on the picked calls, where a screen shows which, or on the one call. */
export function useMarkCommands(call: CallRow | undefined, picked: readonly string[] = []): readonly Command[] {
  const { change } = useReview();
  const tags = useEngineQuery('review.tags', {}).data ?? [];
  const refs = picked.length > 0 ? picked : call === undefined ? [] : [call.ref];
  const readOnly = useReadOnly();
  const one = { group: 'Calls', enabled: refs.length > 0 && readOnly === undefined, reason: readOnly ?? NO_CALL } as const;
  // The call's own state decides what its key does; for several calls the key always adds.
  const on = (has: boolean): boolean => picked.length > 0 || !has;
  return [
    {
      ...one,
      id: 'star-call',
      title: 'Star',
      keys: keysFor('star-call'),
      run: () => {
        void change({ kind: 'star', refs, on: on(call?.starred === true) });
      },
    },
    {
      ...one,
      id: 'mark-call',
      title: 'Mark for the timeline',
      keys: keysFor('mark-call'),
      run: () => {
        void change({ kind: 'mark', refs, on: on(call?.marked === true) });
      },
    },
    {
      ...one,
      id: 'put-in-report',
      title: 'Put into the report, in its timeline',
      keys: keysFor('put-in-report'),
      run: () => {
        void change({ kind: 'mark', refs, on: true });
      },
    },
    {
      ...one,
      id: 'tag-call',
      title: 'Tag…',
      keys: keysFor('tag-call'),
      run: () => {
        showReviewDialog({ kind: 'tag', refs });
      },
    },
    {
      ...one,
      enabled: call !== undefined && readOnly === undefined,
      id: 'note-call',
      title: 'Add a note',
      keys: keysFor('note-call'),
      run: () => {
        if (call !== undefined) showReviewDialog({ kind: 'note', ref: call.ref });
      },
    },
    ...([1, 2, 3, 4, 5] as const).map((digit): Command => {
      const tag = tags[digit - 1]?.tag;
      return {
        ...one,
        id: `tag-${String(digit)}`,
        title: tag === undefined ? `Tag ${String(digit)}` : `Tag ${String(digit)}: ${tag}`,
        keys: keysFor(`tag-${digit}`),
        run: () => {
          if (tag === undefined) showReviewDialog({ kind: 'tag', refs });
          else void change({ kind: 'tag', refs, tag, on: on(call?.tags?.includes(tag) === true) });
        },
      };
    }),
  ];
}
