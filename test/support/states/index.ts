import type { Page } from '@playwright/test';
import { settle } from '../screens.ts';
import type { WireTap } from '../wire-tap.ts';
import { CALLS_STATES } from './calls.ts';
import { FINDINGS_STATES } from './findings.ts';
import { IDENTITIES_STATES } from './identities.ts';
import { INVENTORY_STATES } from './inventory.ts';
import { KNOWLEDGE_STATES } from './knowledge.ts';
import { NO_CASE_STATES } from './no-case.ts';
import { PRIVILEGE_STATES } from './privilege.ts';
import { SAMPLE_STATES } from './sample.ts';
import type { ScreenState } from './state.ts';
import { TEMPLATE_STATES } from './templates.ts';
import { TROUBLE_STATES } from './trouble.ts';
import { WIDER_STATES } from './wider.ts';

/** A screen, or one of its tabs as `screen/tab`. */
const screensOf = (setting: 'empty' | 'odd' | 'large', screens: readonly string[]): readonly ScreenState[] =>
  screens.map((screen) => ({ name: `${setting}-${screen.replace('/', '-')}`, setting, place: `#/${screen.replace('/', '?tab=')}` }));

const CASE_SCREENS = ['overview', 'evidence', 'calls', 'chains', 'graph', 'inventory', 'identities', 'findings', 'report'];
const TABS = [
  ...['evidence/calendar', 'evidence/sides', 'chains/flows', 'graph/map', 'graph/time', 'graph/matrix', 'graph/spread'],
  ...['inventory/flat', 'inventory/coverage', 'inventory/changes', 'findings/detectors'],
  ...['credentials', 'least-privilege', 'revocation', 'machines'].map((tab) => `identities/${tab}`),
];

const openCall = (row: number): ScreenState => ({
  name: `odd-call-${String(row)}`,
  setting: 'odd',
  place: '#/calls',
  arrange: async (page) => {
    await page.getByRole('main').getByRole('row').nth(row).click();
    await page.getByRole('tab').first().waitFor();
    await settle(page);
  },
});

const openDialog = (name: string, button: RegExp): ScreenState => ({
  name,
  setting: 'odd',
  place: '#/evidence',
  arrange: async (page) => {
    await page.getByRole('region', { name: 'Sources' }).getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').waitFor();
    await settle(page);
  },
});

const ODD_SOURCE: ScreenState = {
  name: 'odd-source',
  setting: 'odd',
  place: '#/evidence',
  arrange: async (page) => {
    await page.getByRole('region', { name: 'Sources' }).locator('.row-button').last().click();
    await settle(page);
  },
};

/** Every screen and state that is looked at: by `npm run screenshots -- --all`, by axe and by the geometry tests. */
export const STATES: readonly ScreenState[] = [
  ...SAMPLE_STATES,
  ...WIDER_STATES,
  ...CALLS_STATES,
  ...INVENTORY_STATES,
  ...IDENTITIES_STATES,
  ...FINDINGS_STATES,
  ...KNOWLEDGE_STATES,
  ...PRIVILEGE_STATES,
  ...TEMPLATE_STATES,
  ...TROUBLE_STATES,
  ...screensOf('odd', CASE_SCREENS),
  ...[1, 2, 3, 4].map(openCall),
  ODD_SOURCE,
  openDialog('odd-zone', /^Set/),
  openDialog('odd-read-as', /^Read as…/),
  ...screensOf('empty', CASE_SCREENS),
  ...NO_CASE_STATES,
  ...screensOf('large', [...CASE_SCREENS, ...TABS]),
];

/** Waits for a screen that never comes to rest: longer than a skeleton waits before it shows. Units: ms. */
const BUSY = 450;

/** Brings a page of the state's setting into the state. The page is loaded anew and without preferences, so that nothing of the last one is left. */
export async function enterState(page: Page, tap: WireTap, state: ScreenState): Promise<void> {
  tap.set(state.rules ?? []);
  await page.mouse.move(640, 20);
  await page.evaluate((place) => {
    window.localStorage.clear();
    window.location.hash = place;
  }, state.place);
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await rest(page, state);
  if (state.arrange === undefined) return;
  await state.arrange(page, tap);
  await rest(page, state);
}

const rest = (page: Page, state: ScreenState): Promise<void> => (state.busy === true ? page.waitForTimeout(BUSY) : settle(page));
