import { expect, test } from 'vitest';
import { latestDiscovery } from '#shared/engine/store/read/revocation/discovery-lag.ts';

const MINUTE = 60_000;
const finding = (id: string, story: string, from: number, detectedAt: number, severity: 'high' | 'low' = 'high') => ({
  id,
  story,
  severity,
  from: from * MINUTE,
  detectedAt: detectedAt * MINUTE,
});

test('the incident that went on unseen for longest is told, not the one that its first call gave away', () => {
  expect(latestDiscovery([finding('replay:1', 'ann', 0, 0), finding('scrape:1', 'bot', 10, 55)])).toEqual({
    lag: 45 * MINUTE,
    finding: 'scrape:1',
  });
});

test('an incident could be seen when the first of its findings could be', () => {
  const oneStory = [finding('scrape:1', 'bot', 0, 50), finding('replay:1', 'bot', 20, 20)];
  expect(latestDiscovery(oneStory)).toEqual({ lag: 20 * MINUTE, finding: 'replay:1' });
});

test('a note of a slow rise does not set the figure beside an incident, and does where there is nothing else', () => {
  const note = finding('rate:1', '', 0, 600, 'low');
  expect(latestDiscovery([note, finding('replay:1', 'ann', 3, 4)])).toEqual({ lag: MINUTE, finding: 'replay:1' });
  expect(latestDiscovery([note])).toEqual({ lag: 600 * MINUTE, finding: 'rate:1' });
  expect(latestDiscovery([])).toBeUndefined();
});
