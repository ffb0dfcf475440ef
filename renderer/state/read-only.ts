import { useSession } from './session.ts';

const REASONS = {
  'in-use': 'This case is open in another Spoor, so it can only be read here',
  'read-only': 'Nothing can be written where this case lies, so it can only be read',
  shared: 'This is a redacted copy of a case, made for others: it can only be read',
} as const;

/** Why the open case can only be read, as a button that would write says it; `undefined` when it can be written. */
export function useReadOnly(): string | undefined {
  const readOnly = useSession((state) => state.openCase?.readOnly);
  return readOnly === undefined ? undefined : REASONS[readOnly];
}
