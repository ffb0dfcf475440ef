import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Progress, SourceProgress } from '#shared/contract/methods.ts';
import type { RecentCase } from '#shared/contract/table.ts';
import type { ScreenState } from './state.ts';

const HAR = resolve(import.meta.dirname, '../../fixtures/corpus/har/chrome-post-json-cookie.har');

async function chooseFile(page: Page): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await (await choosing).setFiles(HAR);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Import \d+ source/ })
    .click();
}

const source = (name: string, bytes: number, done: boolean, rejected = 0): SourceProgress => ({
  name,
  bytes,
  total: done ? bytes : bytes * 2,
  accepted: Math.round(bytes / 5000),
  rejected,
  done,
});

const GB = 1_000_000_000;
const report = (done: number, about: SourceProgress): Progress => ({
  step: 'Reading',
  done,
  total: 2.31 * GB,
  unit: 'bytes',
  source: about,
});

const RUNNING: readonly Progress[] = [
  report(0.3 * GB, source('bundle.zip!proxy-01.har', 0.3 * GB, true)),
  report(0.9 * GB, source('bundle.zip!gateway/access-2026-03-01.ndjson.gz', 0.6 * GB, true, 17)),
  report(
    1.46 * GB,
    source('bundle.zip!gateway/a-source-with-a-name-that-is-longer-than-the-row-has-room-for-2026-03-02.ndjson.gz', 0.56 * GB, false, 3),
  ),
];

const recent = (id: string, title: string, file: string, bytes: number): RecentCase => ({
  id,
  title,
  file,
  bytes,
  modified: '2026-10-05T09:00:00Z',
});
const CASES: readonly RecentCase[] = [
  recent('one', 'IR-2026-015 billing agent', 'ir-2026-015.spoor', 214_802_112),
  recent('two', 'حادثة بوابة الدفع — فحص الوكيل', 'حادثة.spoor', 12_440_218),
  recent('three', '決済エージェントの調査', '決済エージェントの調査.spoor', 940),
  recent('four', 'x'.repeat(200), `${'a-long-name-of-a-case-'.repeat(8)}.spoor`, 3_200_000_000),
];

const running: ScreenState = {
  name: 'import-running',
  setting: 'none',
  place: '#/start',
  busy: true,
  rules: [{ methods: /^host\.import$/, what: { kind: 'hold', progress: RUNNING } }],
  arrange: async (page) => {
    await chooseFile(page);
    await page.getByRole('button', { name: 'Show sources' }).click();
  },
};

/** The window without a case: the two ways in, what is on this machine, and imports that run, fail or half fail. */
export const NO_CASE_STATES: readonly ScreenState[] = [
  { name: 'start', setting: 'none', place: '#/start' },
  {
    name: 'start-cases',
    setting: 'none',
    place: '#/start',
    rules: [{ methods: /^host\.cases$/, what: { kind: 'answer', result: CASES } }],
  },
  {
    name: 'start-case-locked',
    setting: 'none',
    place: '#/start',
    rules: [
      { methods: /^host\.cases$/, what: { kind: 'answer', result: CASES } },
      { methods: /^host\.openCase$/, what: { kind: 'fail', code: 'locked-case', message: 'ir-2026-015.spoor is open in another window' } },
    ],
    arrange: async (page) => {
      await page.getByRole('button', { name: /^IR-2026-015/ }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  running,
  {
    name: 'import-failed',
    setting: 'none',
    place: '#/start',
    rules: [
      {
        methods: /^host\.import$/,
        what: { kind: 'fail', code: 'damaged-file', message: 'chrome-post-json-cookie.har: JSON ends early at byte 1 204 331' },
      },
    ],
    arrange: async (page) => {
      await chooseFile(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'import-partial',
    setting: 'none',
    place: '#/start',
    rules: [
      {
        methods: /^host\.import$/,
        what: {
          kind: 'answer',
          result: {
            case: CASES[0],
            summary: {
              failures: [
                { name: 'bundle.zip!../../x.log', code: 'ARC_NAME', message: 'the name leads out of the archive' },
                {
                  name: `${'a/very/deep/folder/'.repeat(12)}blob.bin`,
                  code: 'ARC_RATIO',
                  message: 'reading stopped at a compression ratio of 100 to 1',
                },
              ],
            },
          },
        },
      },
    ],
    arrange: async (page) => {
      await chooseFile(page);
      await page.getByRole('heading', { name: /could not be opened/ }).waitFor();
    },
  },
];
