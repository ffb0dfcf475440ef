import type { WireRule } from '../wire-tap.ts';
import type { ScreenState } from './state.ts';

const SCREENS = ['overview', 'evidence', 'calls', 'chains', 'inventory', 'findings', 'report'] as const;

/** Everything but who the host is and which case is open. */
const QUESTIONS = /^(?!host\.(info|current|openCase)$)/;

const FAILED: readonly WireRule[] = [
  {
    methods: QUESTIONS,
    what: { kind: 'fail', code: 'damaged-case', message: 'the case file is damaged (database disk image is malformed)' },
  },
];
const HELD: readonly WireRule[] = [{ methods: QUESTIONS, what: { kind: 'hold' } }];

const answer = (methods: RegExp, result: unknown): WireRule => ({ methods, what: { kind: 'answer', result } });
const change = (methods: RegExp, keys: Readonly<Record<string, unknown>>): WireRule => ({ methods, what: { kind: 'change', keys } });

const NO_CHAINS = answer(/^chains\.page$/, { rows: [], from: 0, total: 0 });
const NO_ENDPOINTS = answer(/^endpoints\.inventory$/, { rows: [], total: 0, specifications: 0 });
const NO_FINDINGS = answer(/^findings\.list$/, []);
const NOTHING_URGENT = {
  topFindings: [],
  story: [],
  findingsBySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
};
const INFO = { title: 'IR-2026-015', revision: 1, calls: 21_402, sources: 9 };

const NOT_ANALYSED: readonly WireRule[] = [
  NO_FINDINGS,
  NO_CHAINS,
  NO_ENDPOINTS,
  change(/^case\.info$/, { analyzed: false }),
  change(/^case\.overview$/, { ...NOTHING_URGENT, info: { ...INFO, analyzed: false }, topPrincipals: [], notEvaluable: [] }),
];
const FOUND_NOTHING: readonly WireRule[] = [
  NO_FINDINGS,
  NO_CHAINS,
  NO_ENDPOINTS,
  change(/^case\.overview$/, { ...NOTHING_URGENT, info: { ...INFO, analyzed: true } }),
];

const everyScreen = (name: string, rules: readonly WireRule[], screens: readonly string[] = SCREENS): readonly ScreenState[] =>
  screens.map((screen) => ({ name: `${screen}-${name}`, setting: 'sample', place: `#/${screen}`, rules }));

/** What the sample's screens look like while answers are awaited, when they fail, before the analysis and when it found nothing. */
export const TROUBLE_STATES: readonly ScreenState[] = [
  ...everyScreen('failed', FAILED),
  { name: 'cases-failed', setting: 'none', place: '#/start', rules: FAILED },
  { name: 'cases-loading', setting: 'none', place: '#/start', rules: HELD, busy: true },
  ...everyScreen('loading', HELD).map((state) => ({ ...state, busy: true })),
  ...everyScreen('not-analysed', NOT_ANALYSED, ['overview', 'evidence', 'chains', 'inventory', 'findings']),
  ...everyScreen('found-nothing', FOUND_NOTHING, ['overview', 'chains', 'inventory', 'findings']),
  {
    name: 'calls-call-failed',
    setting: 'sample',
    place: '#/calls',
    rules: [{ methods: /^calls\.get$/, what: { kind: 'fail', code: 'crashed', message: 'the query process ended while it answered' } }],
    arrange: async (page) => {
      await page.getByRole('main').getByRole('row').nth(1).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'report-export-failed',
    setting: 'sample',
    place: '#/report',
    rules: [{ methods: /^host\.export$/, what: { kind: 'fail', code: 'unreadable', message: 'there is no room left on the disk' } }],
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Export HTML' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'report-export-running',
    setting: 'sample',
    place: '#/report',
    busy: true,
    rules: [
      {
        methods: /^host\.export$/,
        what: { kind: 'hold', progress: [{ step: 'Writing the annex of calls', done: 12_000, total: 21_402, unit: 'records' }] },
      },
    ],
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Export HTML' }).click();
      await page.getByRole('progressbar').first().waitFor();
    },
  },
  {
    name: 'frame-disconnected',
    setting: 'sample',
    place: '#/overview',
    busy: true,
    arrange: async (page, tap) => {
      await page.locator('.kpis').waitFor();
      await tap.cut();
      await page.getByRole('alert').waitFor();
    },
  },
];
