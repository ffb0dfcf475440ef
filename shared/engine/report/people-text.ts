import type { IncidentJson } from '../../contract/incident-json.ts';
import { plural } from './text.ts';

const BY = { answers: 'by the names that kept answers hold', paths: 'by the ids in paths' } as const;

/** How many people an incident reached, and how that is known. Example: "at least 169 people, by the ids in paths, and 28 lists of people whose length the evidence does not show". */
export function peopleText({ people, peopleBy, listsOfPeople }: Pick<IncidentJson, 'people' | 'peopleBy' | 'listsOfPeople'>): string {
  const lists = listsOfPeople === 0 ? [] : [`${plural(listsOfPeople, 'list')} of people whose length the evidence does not show`];
  const counted = people === 0 || peopleBy === undefined ? [] : [`at least ${plural(people, 'person', 'people')}, ${BY[peopleBy]}`];
  return [...counted, ...lists].join(', and ');
}
