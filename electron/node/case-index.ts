import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** One fact of each case, by its id, so that a list of cases need not open them. Only a convenience: losing it loses no evidence. */
export interface CaseIndex {
  readonly all: () => Readonly<Record<string, unknown>>;
  /** `undefined` forgets what was known. */
  readonly remember: (id: string, value: string | undefined) => void;
}

/** An index in a file of its own; one that cannot be read is empty. */
export function caseIndex(path: string): CaseIndex {
  const all = (): Readonly<Record<string, unknown>> => {
    try {
      const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  };
  return {
    all,
    remember(id, value) {
      const known = all();
      if (known[id] === value) return;
      writeFileSync(`${path}.partial`, JSON.stringify({ ...known, [id]: value }), { mode: 0o600 });
      renameSync(`${path}.partial`, path);
    },
  };
}
