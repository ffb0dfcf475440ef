import type { Page } from '@playwright/test';
import type { WireRule } from '../wire-tap.ts';
import type { ScreenState } from './state.ts';

const TABS = ['principals', 'credentials', 'least-privilege', 'revocation', 'machines'] as const;
const AGENT = encodeURIComponent('agent:support-agent');
const PEOPLE = encodeURIComponent('human:nobody');

/** The answers that the tabs rest on. */
const QUESTIONS = /^(identities|credentials|privilege|revocation)\./;

const at = (name: string, place: string, arrange?: ScreenState['arrange']): ScreenState => ({
  name: `identities-${name}`,
  setting: 'sample',
  place: `#/identities?tab=${place}`,
  ...(arrange === undefined ? {} : { arrange }),
});

/** The same trouble on every tab. */
const everyTab = (name: string, rules: readonly WireRule[], more: Partial<ScreenState> = {}): readonly ScreenState[] =>
  TABS.map((tab) => ({ ...at(`${tab}-${name}`, tab), rules, ...more }));

const scrollCard = (to: number) => async (page: Page) => {
  await page.getByRole('article').evaluate((element, part) => {
    element.scrollTop = element.scrollHeight * part;
  }, to);
};

const openDialog = (button: string) => async (page: Page) => {
  await page.getByRole('article').getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
};

async function pickTwo(page: Page): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Principals' }).locator('[data-index]');
  for (const row of [0, 1])
    await rows
      .nth(row)
      .locator('[data-column="kind"]')
      .click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Merge 2…' }).click();
  await page.getByRole('dialog').waitFor();
}

async function chooseLink(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Links between programs' }).locator('[data-index="3"] [data-column="service"]').click();
}

const MANY_CREDENTIALS: WireRule = { methods: /^credentials\.overview$/, what: { kind: 'change', keys: { total: 250_000 } } };
const MANY_PRINCIPALS: WireRule = { methods: /^identities\.principals$/, what: { kind: 'change', keys: { fitting: 90_000, all: 90_000 } } };
const NOT_ANALYSED: WireRule = { methods: /^case\.info$/, what: { kind: 'change', keys: { analyzed: false } } };
const answer = (methods: RegExp, result: unknown): WireRule => ({ methods, what: { kind: 'answer', result } });
const change = (methods: RegExp, keys: Readonly<Record<string, unknown>>): WireRule => ({ methods, what: { kind: 'change', keys } });
const NOTHING: readonly WireRule[] = [
  change(/^identities\.principals$/, { rows: [], fitting: 0, all: 0 }),
  change(/^credentials\.overview$/, { rows: [], total: 0 }),
  answer(/^privilege\.list$/, []),
  change(/^revocation\.plan$/, { rows: [], omitted: 0 }),
  answer(/^identities\.links$/, []),
];
/** A case that somebody else has open. */
const READ_ONLY: readonly WireRule[] = [change(/^host\.(current|openCase)$/, { readOnly: 'in-use' })];

/** Identities: every tab as it comes, with its card, its dialogs, and in every kind of trouble. */
export const IDENTITIES_STATES: readonly ScreenState[] = [
  at('principals', 'principals'),
  at('principals-dossier', `principals&principal=${AGENT}`),
  at('principals-dossier-end', `principals&principal=${AGENT}`, scrollCard(1)),
  at('principals-owner', `principals&principal=${AGENT}`, openDialog('Set the owner…')),
  at('principals-merge', 'principals', pickTwo),
  at('principals-none-fit', 'principals&filter=zebra'),
  { ...at('principals-too-large', 'principals'), rules: [MANY_PRINCIPALS] },
  { ...at('principals-stale', 'principals'), rules: [NOT_ANALYSED] },
  at('credentials', 'credentials'),
  at('credentials-end', 'credentials', scrollCard(1)),
  at('credentials-dossier', 'credentials&credential=jwt-36'),
  at('credentials-dossier-middle', 'credentials&credential=jwt-36', scrollCard(0.35)),
  at('credentials-dossier-end', 'credentials&credential=jwt-36', scrollCard(1)),
  at('credentials-unknown', 'credentials&credential=jwt-99999', (page) => page.getByRole('alert').waitFor()),
  at('credentials-none-fit', 'credentials&filter=zebra'),
  { ...at('credentials-too-large', 'credentials'), rules: [MANY_CREDENTIALS] },
  at('least-privilege-middle', 'least-privilege', scrollCard(0.4)),
  at('least-privilege-end', 'least-privilege', scrollCard(1)),
  at('least-privilege-nobody', `least-privilege&principal=${PEOPLE}`),
  at('revocation', 'revocation'),
  at('revocation-middle', 'revocation', scrollCard(0.4)),
  at('revocation-end', 'revocation', scrollCard(1)),
  at('revocation-not-planned', 'revocation&credential=jwt-3'),
  at('machines', 'machines'),
  at('machines-link', 'machines', chooseLink),
  at('machines-none-fit', 'machines&filter=zebra'),
  ...everyTab('failed', [
    { methods: QUESTIONS, what: { kind: 'fail', code: 'crashed', message: 'the query process ended while it answered' } },
  ]),
  ...everyTab('loading', [{ methods: QUESTIONS, what: { kind: 'hold' } }], { busy: true }),
  ...everyTab('not-analysed', [...NOTHING, NOT_ANALYSED]),
  ...everyTab('found-nothing', NOTHING),
  { ...at('principals-read-only', `principals&principal=${AGENT}`), rules: READ_ONLY },
  { ...at('revocation-read-only', 'revocation'), rules: READ_ONLY },
  ...TABS.map((tab): ScreenState => ({ name: `empty-identities-${tab}`, setting: 'empty', place: `#/identities?tab=${tab}` })),
];
