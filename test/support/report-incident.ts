import type { IncidentJson } from '#shared/contract/incident-json.ts';
import type { Spoil } from './report-view.ts';

const time = (clock: string): string => `2026-03-12T${clock}.000000Z`;
const ref = (index: number, spoil: Spoil): string => `${spoil('logs/kong.jsonl')}#${String(120 + index)}`;

/** The incident of the sample view as its detector told it. */
export const stepsOf = (spoil: Spoil): IncidentJson['steps'] => [
  { call: ref(0, spoil), time: time('14:02:11'), role: 'entry', text: spoil('reads ticket 4711, which carries instructions') },
  { call: ref(1, spoil), time: time('14:02:14'), role: 'discovery', text: spoil('lists customers that it never listed before') },
  { call: ref(2, spoil), time: time('14:02:19'), role: 'sensitive read', text: spoil('reads payment cards of 3 customers') },
  { call: ref(5, spoil), time: time('14:02:31'), role: 'external write', text: spoil('posts the card data to paste.evil.test') },
];

/** The one incident of the sample view. */
export const incidentOf = (spoil: Spoil): IncidentJson => ({
  number: 1,
  story: spoil('support-bot read ticket 4711, listed customers, read three cards and posted card data to paste.evil.test.'),
  severity: 'critical',
  findings: [spoil('sensitive-read-to-external-write:agent:support-bot')],
  principals: [spoil('agent:support-bot')],
  credentials: ['jwt-1'],
  calls: 4,
  window: [time('14:02:19'), time('14:02:31')],
  detectedAt: time('14:02:31'),
  people: 3,
  peopleBy: 'answers',
  listsOfPeople: 0,
  steps: stepsOf(spoil),
});
