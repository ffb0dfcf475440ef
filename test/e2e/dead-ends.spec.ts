import { expect } from '@playwright/test';
import { nodeCodec } from '#electron/node/crypto.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { parsePlace } from '#renderer/state/url.ts';
import { filterOf } from '#shared/engine/handlers/filter.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { countCalls } from '#shared/engine/store/read/calls/calls.ts';
import { readNumbers } from '../support/numbers-shown.ts';
import { sampleCase } from '../support/sample-case.ts';
import { test } from '../support/sample-window.ts';
import { settle } from '../support/screens.ts';

const CUSTOMER = encodeURIComponent('GET api.acme-outfitters.test/v1/customers/{customer}');

const ROW = 'the row opens in full what the number is about, each of it listed';
const PLACE = 'says where something stands, not how many there are';
const MEASURE = 'is measured or given, nothing is counted';

/** What of a screen is no link: columns with a count, by their heads, and marks of pictures by their class; each with the reason. */
interface Plain {
  readonly counts?: Readonly<Record<string, string>>;
  readonly marks?: Readonly<Record<string, string>>;
}

const PLACES: readonly (readonly [place: string, plain: Plain])[] = [
  ['#/overview', {}],
  ['#/evidence', { counts: { Records: ROW, Rejected: ROW, Accepted: 'of a source without calls', Record: PLACE, Byte: PLACE } }],
  ['#/evidence?tab=calendar', {}],
  [
    `#/inventory?endpoint=${CUSTOMER}`,
    { counts: { Findings: ROW, Calls: 'of parameters and drift, which no query names', Status: MEASURE } },
  ],
  ['#/inventory?tab=coverage', {}],
  ['#/inventory?tab=changes', { counts: { new: 'in the first week all are', 'a day': 'a rate, its calls stand beside it' } }],
  [
    `#/identities?tab=principals&principal=${encodeURIComponent('agent:support-agent')}`,
    { counts: { Credentials: ROW, Calls: 'with a sign of who called, which no query names' } },
  ],
  [
    '#/identities?tab=credentials&credential=jwt-36',
    { counts: { Findings: ROW, Contexts: ROW, Weak: ROW, Exposed: ROW }, marks: { 'cred-axis': MEASURE } },
  ],
  ['#/identities?tab=least-privilege', { counts: { 'In the window': 'phases of the replay, which no query names', Later: 'as before' } }],
  ['#/identities?tab=revocation', { counts: { 'No.': PLACE, Points: MEASURE, Endpoints: ROW } }],
  ['#/identities?tab=machines', {}],
  [
    '#/findings',
    { counts: { 'As unlikely as 1 in': MEASURE, Observed: MEASURE, Status: MEASURE }, marks: { 'exhibit-line axis': MEASURE } },
  ],
];

test('no count in a table and no mark in a picture is a dead end, and a count of calls leads to exactly so many', async ({ win }) => {
  const db = openForReading(sampleCase());
  defineQueryFunctions(db, nodeCodec);
  const wrong: string[] = [];
  for (const [place, plain] of PLACES) {
    await win.evaluate((to) => {
      window.location.hash = to;
    }, place);
    await settle(win);
    const shown = await win.evaluate(readNumbers);
    const { counts = {}, marks = {} } = plain;
    expect({ place, counts: shown.plain.toSorted(), marks: shown.marks.toSorted() }).toEqual({
      place,
      counts: Object.keys(counts).sort(),
      marks: Object.keys(marks).sort(),
    });
    for (const { says, href } of shown.links) {
      const { query } = parsePlace(href);
      const found = countCalls(db, filterOf(query));
      if (found !== Number(says.replaceAll(/\D/g, ''))) wrong.push(`${place}: “${says}” leads to ${String(found)} by ${query}`);
    }
  }
  expect(wrong).toEqual([]);
});
