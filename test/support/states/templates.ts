import type { Page } from '@playwright/test';
import { cell } from '../calls-page.ts';
import { settle } from '../screens.ts';
import type { WireRule } from '../wire-tap.ts';
import type { ScreenState } from './state.ts';

/** Opens the editor for the endpoint of the first call. */
async function openEditor(page: Page): Promise<void> {
  await cell(page, 0, 'path').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit path templates…' }).click();
  await page.getByRole('dialog', { name: 'Path templates' }).waitFor();
}

const editor = (name: string, rules: readonly WireRule[], arrange: (page: Page) => Promise<void> = settle): ScreenState => ({
  name: `templates-${name}`,
  setting: 'sample',
  place: '#/calls',
  rules,
  arrange: async (page) => {
    await openEditor(page);
    await arrange(page);
  },
});

// The first call of the sample names no host.
const RULES = [
  { host: '', kind: 'word', pattern: '/v1/users/me', at: '2026-10-03T10:00:00.000Z', note: 'the own profile, not a user' },
  { host: '', kind: 'pin', pattern: '/v1/users/{login}/posts', at: '2026-10-03T10:00:00.000Z' },
];
const HOSTILE = '<img src=x onerror=alert(1)>\u202egpj.exe and a value that goes on for much longer than any column is wide';

const places = (decidedBy: string): WireRule => ({
  methods: /^templates\.places$/,
  what: {
    kind: 'answer',
    result: {
      places: [
        { segment: 'v1', values: [{ text: 'v1', calls: 21_402, as: 'word' }], distinct: 1, isCut: false, rules: [] },
        { segment: 'users', values: [], distinct: 0, isCut: false, rules: [] },
        {
          segment: '{id}',
          values: [
            { text: HOSTILE, calls: 812, as: 'value' },
            { text: 'me', calls: 40, as: 'word' },
            ...Array.from({ length: 18 }, (_, at) => ({
              text: `usr_${String(48_213 + at * 977)}`,
              calls: 18 - at,
              as: at === 3 ? 'both' : 'value',
            })),
          ],
          distinct: 5000,
          isCut: true,
          rules: RULES.slice(0, 1),
        },
        { segment: 'posts', values: [{ text: 'posts', calls: 9, as: 'word' }], distinct: 1, isCut: false, rules: [] },
      ],
      host: '',
      template: '/v1/users/{id}/posts',
      calls: 21_402,
      methods: ['GET', 'PATCH'],
      decidedBy,
    },
  },
});

const MOVES = Array.from({ length: 12 }, (_, at) => ({
  method: at % 3 === 0 ? 'PATCH' : 'GET',
  before: `/v1/users/{id}/posts/${String(at)}/${at === 2 ? HOSTILE : 'comments'}`,
  after: `/v1/users/{login}/posts/{post}/comments`,
  calls: 1200 - at * 70,
  kind: (['merged', 'split', 'renamed', 'moved'] as const)[at % 4],
}));
const PREVIEW: WireRule = {
  methods: /^templates\.preview$/,
  what: {
    kind: 'answer',
    result: { rows: MOVES, more: 188, endpointsBefore: 412, endpointsAfter: 224, calls: 9001, fixed: 12, levelsLost: 1 },
  },
};
const STANDING: WireRule = {
  methods: /^templates\.rules$/,
  what: { kind: 'answer', result: RULES },
};
const READ_ONLY: WireRule = {
  methods: /^host\.current$/,
  what: {
    kind: 'answer',
    result: {
      case: { id: 'locked', title: 'sample', file: 'sample.spoor', bytes: 1, modified: '2026-10-03T10:00:00.000Z', readOnly: 'in-use' },
    },
  },
};

async function makeValues(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /^Values/ }).click();
  await page.getByRole('textbox', { name: 'Name of the parameter' }).fill('login');
  await settle(page);
}

const PRODUCT = encodeURIComponent('GET catalog.mesh.acme-outfitters.test/v1/catalog/products/{id}');

/** The ways to the editor that the Inventory has: a key on the chosen endpoint, and the menu of its row. */
const inventory = (name: string, arrange: (page: Page) => Promise<void>): ScreenState => ({
  name: `templates-inventory-${name}`,
  setting: 'sample',
  place: `#/inventory?endpoint=${PRODUCT}`,
  arrange,
});

/** The template editor: as the sample has it, with much and hostile text, and in each of its troubles. */
export const TEMPLATE_STATES: readonly ScreenState[] = [
  editor('first', []),
  editor('preview', [places('learned'), PREVIEW, STANDING], makeValues),
  editor('described', [places('description')]),
  editor('grpc', [places('grpc')]),
  editor('read-only', [READ_ONLY, places('pin')]),
  editor('wrong', [places('rules')], async (page) => {
    await page.getByRole('textbox', { name: 'Name of the parameter' }).fill('not a name');
    await settle(page);
  }),
  editor('failed', [
    {
      methods: /^templates\.places$/,
      what: { kind: 'fail', code: 'not-found', message: 'no endpoint GET api.test/v1/users/{id} in this case' },
    },
  ]),
  inventory('pin', async (page) => {
    await page.getByRole('treegrid', { name: 'Endpoints' }).focus();
    await page.keyboard.press('e');
    await page.getByRole('checkbox', { name: /^Pin/ }).check();
    await page.getByRole('textbox', { name: 'The pinned template' }).fill('/v1/catalog/products/{product}');
    await page.getByRole('cell', { name: 'renamed' }).first().waitFor();
    await settle(page);
  }),
  inventory('menu', async (page) => {
    await page.getByRole('treegrid', { name: 'Endpoints' }).focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Edit path templates…' }).waitFor();
    await settle(page);
  }),
  { ...editor('loading', [{ methods: /^templates\.places$/, what: { kind: 'hold' } }], () => Promise.resolve()), busy: true },
];
