import type { FindingDraft } from './detector.ts';

/** Fewer shared evidence than this does not make two findings one story. */
const sharesAny = (a: readonly number[], b: ReadonlySet<number>): boolean => a.some((value) => b.has(value));

/** A finding on its way into a story. */
export interface Told {
  readonly draft: FindingDraft;
  readonly isIncident: boolean;
  /** Name of the story if this finding opens one. */
  readonly opening: string;
}

/**
 * Gives every finding its story: incidents that share a chain or a credential are one; posture findings join the story whose
 * credentials or chains they share. A posture finding of no incident has none, an empty text.
 * Shape: `told` in order of urgency; the answer has the same order.
 */
export function joinStories(told: readonly Told[]): readonly string[] {
  const stories: { name: string; chains: Set<number>; credentials: Set<number> }[] = [];
  const names = told.map(({ draft, isIncident, opening }) => {
    if (!isIncident) return '';
    const known = stories.find((story) => sharesAny(draft.chains, story.chains) || sharesAny(draft.credentials, story.credentials));
    if (known === undefined) {
      stories.push({ name: opening, chains: new Set(draft.chains), credentials: new Set(draft.credentials) });
      return opening;
    }
    for (const chain of draft.chains) known.chains.add(chain);
    for (const credential of draft.credentials) known.credentials.add(credential);
    return known.name;
  });
  return told.map(({ draft, isIncident }, index) => {
    if (isIncident) return names[index] ?? '';
    return stories.find((story) => sharesAny(draft.credentials, story.credentials) || sharesAny(draft.chains, story.chains))?.name ?? '';
  });
}
