import type { ImportOrder } from './engine/import-supervised.ts';

type Paths = ImportOrder['paths'];

/** Remembers which files each case was filled from while this window runs, so that a source can be read again. */
export interface FilesAtHand {
  remember(caseId: string, paths: Paths): void;
  /** The paths of the import that a source of this name came with, the newest first; `undefined` when it was before this run. */
  find(caseId: string, source: string): Paths | undefined;
  /** All paths that the case was filled from while this window runs; `undefined` when there are none. */
  all(caseId: string): Paths | undefined;
}

/** True for a file's own name, a file in a named folder and a member of a named archive. */
const isOf = (source: string, name: string): boolean =>
  source === name || source.startsWith(`${name}/`) || source.startsWith(`${name}!`) || source.startsWith(`${name}~`);

/** Nothing at hand yet. `nameOf` gives the name under which a path goes into a case. */
export function filesAtHand(nameOf: (path: Paths[number]) => string): FilesAtHand {
  const byCase = new Map<string, Paths[]>();
  return {
    remember(caseId, paths) {
      byCase.set(caseId, [paths, ...(byCase.get(caseId) ?? [])]);
    },
    all: (caseId) => byCase.get(caseId)?.flat(),
    find: (caseId, source) => byCase.get(caseId)?.find((paths) => paths.some((path) => isOf(source, nameOf(path)))),
  };
}
