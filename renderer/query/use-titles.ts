import { useCallback, useMemo } from 'react';
import { useEngineQuery } from './use-engine-query.ts';

interface Titled {
  readonly id: string;
  readonly title: string;
}

/** The name that people know a detector by, by its id, which stands for itself until the names are there or where none is. */
export const useDetectorTitles = (): ((id: string) => string) => useTitles(useEngineQuery('detectors.list', {}).data);

/** The name of a format by its id, which stands for itself as long. */
export const useFormatTitles = (): ((id: string) => string) => useTitles(useEngineQuery('formats.list', {}).data);

function useTitles(rows: readonly Titled[] | undefined): (id: string) => string {
  const titles = useMemo(() => new Map((rows ?? []).map(({ id, title }) => [id, title])), [rows]);
  return useCallback((id) => titles.get(id) ?? id, [titles]);
}
