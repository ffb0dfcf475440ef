import type { CallSort } from '../../query/use-call-pages.ts';
import { goTo, usePlace } from '../../state/selection.ts';

const FIELDS = ['time', 'status', 'durationMs', 'resBytes', 'reqBytes', 'method', 'host', 'path'] as const;

/** A sort as the link has it: `-status` is by status, highest first. */
export function parseSort(text: string | undefined): CallSort {
  const descending = text?.startsWith('-') === true;
  const name = descending ? text.slice(1) : text;
  const field = FIELDS.find((each) => each === name);
  return field === undefined ? { field: 'time', descending: false } : { field, descending };
}

/** What the calls are sorted by, from the link; sorting by the same column again turns it around. */
export function useSort(): readonly [CallSort, (column: string) => void] {
  const sort = parseSort(usePlace('sort'));
  return [
    sort,
    (column) => {
      const field = FIELDS.find((each) => each === column);
      if (field === undefined) return;
      const descending = sort.field === field && !sort.descending;
      goTo({ sort: field === 'time' && !descending ? undefined : `${descending ? '-' : ''}${field}` });
    },
  ];
}
