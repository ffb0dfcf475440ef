import type { FindingDraft } from './detector.ts';

/** Findings of one principal belong together when no more than this lies between them. Units: µs. Source: science notes 3.4 (d). */
const GAP = 30 * 60 * 1_000_000;

const sharesAny = (a: readonly number[], b: ReadonlySet<number>): boolean => a.some((value) => b.has(value));

/** A finding on its way into a story. */
export interface Told {
  readonly draft: FindingDraft;
  readonly isIncident: boolean;
  /** Name of the story if this finding opens one. */
  readonly opening: string;
  /** First and last call. Units: µs. */
  readonly window: readonly [number, number] | undefined;
}

interface Story {
  readonly name: string;
  readonly chains: Set<number>;
  readonly credentials: Set<number>;
  readonly parts: { readonly principals: readonly number[]; readonly window: Told['window'] }[];
}

const isNear = (a: Told['window'], b: Told['window']): boolean =>
  a !== undefined && b !== undefined && a[0] <= b[1] + GAP && b[0] <= a[1] + GAP;

/** The same principal at about the same time. */
const isCompany = ({ draft, window }: Told, story: Story): boolean =>
  story.parts.some((part) => part.principals.some((id) => draft.principals.includes(id)) && isNear(part.window, window));

/**
 * Gives every finding its story: incidents that share a chain or a credential, or a principal within half an hour, are one; posture
 * findings join the story whose credentials or chains they share. A posture finding of no incident has none, an empty text.
 * Shape: `told` in order of urgency; the answer has the same order.
 */
export function joinStories(told: readonly Told[]): readonly string[] {
  const stories: Story[] = [];
  const names = told.map((finding) => {
    const { draft, isIncident, opening, window } = finding;
    if (!isIncident) return '';
    const known = stories.find(
      (story) => sharesAny(draft.chains, story.chains) || sharesAny(draft.credentials, story.credentials) || isCompany(finding, story),
    );
    const story = known ?? { name: opening, chains: new Set(), credentials: new Set(), parts: [] };
    if (known === undefined) stories.push(story);
    for (const chain of draft.chains) story.chains.add(chain);
    for (const credential of draft.credentials) story.credentials.add(credential);
    story.parts.push({ principals: draft.principals, window });
    return story.name;
  });
  return told.map(({ draft, isIncident }, index) => {
    if (isIncident) return names[index] ?? '';
    return stories.find((story) => sharesAny(draft.credentials, story.credentials) || sharesAny(draft.chains, story.chains))?.name ?? '';
  });
}
