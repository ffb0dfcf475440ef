import type { Page } from '@playwright/test';
import { settle } from '../screens.ts';
import type { ScreenState } from './state.ts';

const CUSTOMER = encodeURIComponent('GET api.acme-outfitters.test/v1/customers/{customer}');
const SILENT = encodeURIComponent('PUT api.acme-outfitters.test/v1/orders/{order}/gift-wrap');

const inventory = (name: string, place: string, arrange?: ScreenState['arrange']): ScreenState => ({
  name: `inventory${name}`,
  setting: 'sample',
  place: `#/inventory${place}`,
  ...(arrange === undefined ? {} : { arrange }),
});

const scrollCard = (to: number) => async (page: Page) => {
  await page.getByRole('article').evaluate((element, part) => {
    element.scrollTop = element.scrollHeight * part;
  }, to);
};

async function setLevel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Set the sensitivity…' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: /^S3/ }).check();
  await page.getByRole('dialog').getByRole('textbox').fill('Holds the prices of contracts, which nobody outside may know');
}

/** The answer of a case with more endpoints than a window holds. */
const MANY = {
  rows: Array.from({ length: 300 }, (_, at) => ({
    id: `GET h${String(at % 20)}.acme.test/v1/resource-${String(at)}/{id}`,
    host: `h${String(at % 20)}.acme.test`,
    method: 'GET',
    template: `/v1/resource-${String(at)}/{id}/${'deep/'.repeat(at % 7 === 0 ? 60 : 1)}`,
    calls: 90_000 - at * 17,
    principals: at,
    agents: at % 3,
    spec: 'no-spec',
    sensitivity: 'S0',
    classifiedFrom: 'names',
    flags: [],
    auth: ['bearer', 'none'],
    statuses: { 200: 90_000 - at * 17 },
    types: [],
    drifts: 0,
    findings: 0,
  })),
  total: 23_456,
  specifications: 0,
};

/** The inventory as a tree, flat, filtered, with an endpoint in full and with its dialogs. */
export const INVENTORY_STATES: readonly ScreenState[] = [
  inventory('', ''),
  inventory('-flat', '?sort=-calls&tab=flat'),
  inventory('-filtered', `?filter=${encodeURIComponent('level:S3 -method:GET')}`),
  inventory('-none-fit', '?filter=zebra'),
  inventory('-endpoint', `?endpoint=${CUSTOMER}`),
  inventory('-endpoint-middle', `?endpoint=${CUSTOMER}`, scrollCard(0.4)),
  inventory('-endpoint-end', `?endpoint=${CUSTOMER}`, scrollCard(1)),
  inventory('-orphan', `?endpoint=${SILENT}`),
  inventory('-level', `?endpoint=${CUSTOMER}`, async (page) => {
    await setLevel(page);
    await settle(page);
  }),
  inventory('-level-set', `?endpoint=${CUSTOMER}`, async (page) => {
    if ((await page.getByRole('button', { name: 'Take back' }).count()) === 0) {
      await setLevel(page);
      await page.getByRole('button', { name: 'Set the level' }).click();
    }
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await settle(page);
  }),
  inventory('-coverage', '?tab=coverage'),
  inventory('-changes', '?tab=changes'),
  inventory('-changes-compared', '?tab=changes', async (page) => {
    await page.getByRole('button', { name: 'Compare the windows' }).click();
    await page.getByRole('heading', { name: 'Kinds of data' }).waitFor();
    await settle(page);
  }),
  inventory('-changes-end', '?tab=changes', async (page) => {
    await page.getByRole('button', { name: 'Compare the windows' }).click();
    await page.getByRole('heading', { name: 'Kinds of data' }).waitFor();
    await page.getByRole('region', { name: 'Growth and changes' }).evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
  }),
  inventory('-changes-wrong', '?tab=changes', async (page) => {
    await page.getByRole('textbox', { name: 'Later, from' }).fill('some day');
    await page.getByRole('button', { name: 'Compare the windows' }).click();
    await page.getByRole('alert').waitFor();
  }),
  {
    ...inventory('-changes-failed', '?tab=changes', (page) => page.getByRole('alert').waitFor()),
    rules: [
      { methods: /^inventory\.growth$/, what: { kind: 'fail', code: 'crashed', message: 'the query process ended while it answered' } },
    ],
  },
  { ...inventory('-changes-loading', '?tab=changes'), rules: [{ methods: /^inventory\.growth$/, what: { kind: 'hold' } }], busy: true },
  inventory('-unknown', '?endpoint=GET%20nowhere%2F', (page) => page.getByRole('alert').waitFor()),
  {
    ...inventory('-too-large', '', (page) => page.getByText('more than a window holds').waitFor()),
    rules: [{ methods: /^endpoints\.inventory$/, what: { kind: 'answer', result: MANY } }],
  },
  {
    ...inventory('-endpoint-failed', `?endpoint=${CUSTOMER}`, (page) => page.getByRole('alert').waitFor()),
    rules: [{ methods: /^endpoints\.get$/, what: { kind: 'fail', code: 'crashed', message: 'the query process ended while it answered' } }],
  },
];
