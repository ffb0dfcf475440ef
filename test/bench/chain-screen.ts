import type { Page } from '@playwright/test';

import { goToScreen, settle } from '#test/support/screens.ts';
import type { Bench, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { repeat } from './measure.ts';
import { needBuild } from './places.ts';
import { medianOf, p95Of, sayMillis } from './statistics.ts';
import { openCase, openChain } from './ui-drive.ts';
import { makeCase, withPage } from './ui-page.ts';

/** Chains that are opened, each for the first time; one more stands open before. */
const CHAINS = 12;
const CHAIN_CALLS = 5000;
/** How often each other thing is done at one of them. */
const TIMES = 8;
/** Units: ms. */
const PATIENCE = 30_000;

const WATERFALL = '[role="treegrid"] .vtable-body [role="row"]';
const SHOWN: Readonly<Record<string, string>> = {
  g: '.graph .node',
  q: '.sequence-message',
  t: '[role="grid"][aria-label^="Calls of the chain"] .vtable-body [role="row"], [role="grid"][aria-label^="Messages"] .vtable-body [role="row"]',
  w: WATERFALL,
};

const WHAT = {
  open: 'a chain of 5,000 calls that was not opened before: click in the list to rows of its waterfall on screen',
  link: 'the same by a link that is followed in the window',
  key: 'an arrow key in its waterfall to the paint',
  unfold: 'all its folds opened or closed: click to rows',
  graph: 'key G to the graph, laid out',
  sequence: 'key Q to the sequence',
  table: 'key T to the table',
} as const;

type Times = { readonly [Id in keyof typeof WHAT]: readonly number[] };

const found = (took: number | undefined, what: string): number => {
  if (took === undefined) throw new Error(`${what} was not shown in ${String(PATIENCE / 1000)} s`);
  return took;
};

/** Does something in the page; gives the time from its event to the paint with what the selector means. Units: ms. */
async function timed(page: Page, type: 'keydown' | 'click', selector: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(
    ([event, shown, patience]) => {
      globalThis.uiProbe.watchFor(event, shown, patience);
    },
    [type, selector, PATIENCE] as const,
  );
  await act();
  const took = await page.evaluate(() => globalThis.uiProbe.watched());
  await settle(page);
  return found(took, selector);
}

const press = (page: Page, key: string, shown: string): Promise<number> => timed(page, 'keydown', shown, () => page.keyboard.press(key));

/** Opens chains by a click, then, in a page that knows none of them, by their links. */
async function openAll(page: Page): Promise<Pick<Times, 'open' | 'link'>> {
  const hashes: string[] = [];
  const open = await repeat(CHAINS, async (run) => {
    const took = await openChain(page, run + 1);
    hashes.push(await page.evaluate(() => window.location.hash));
    return took;
  });
  await page.reload();
  await settle(page);
  const link = await repeat(CHAINS - 1, async (run) => {
    // The one that stands open goes first, or its rows would be taken for those of the next.
    await goToScreen(page, 'Overview');
    const hash = hashes[run] ?? '';
    const took = await page.evaluate(([to, shown, patience]) => globalThis.uiProbe.linkShown(to, shown, patience), [
      hash,
      WATERFALL,
      PATIENCE,
    ] as const);
    await settle(page);
    return found(took, hash);
  });
  return { open, link };
}

async function drive(page: Page): Promise<Times> {
  await openCase(page, 'chain-screen');
  await goToScreen(page, 'Chains');
  const opened = await openAll(page);
  const folds = page.getByLabel('Fold alike calls');
  const unfold = await repeat(TIMES, async () => {
    const rows = (await page.getByRole('treegrid').getAttribute('aria-rowcount')) ?? '';
    return timed(page, 'click', `[role="treegrid"]:not([aria-rowcount="${rows}"])`, () => folds.click());
  });
  await page.getByRole('treegrid').focus();
  const key = await repeat(TIMES * 2, () => press(page, 'ArrowDown', WATERFALL));
  const pictures = { g: [] as number[], q: [] as number[], t: [] as number[] };
  for (let run = 0; run < TIMES; run += 1) {
    for (const asked of ['g', 'q', 't'] as const) pictures[asked].push(await press(page, asked, SHOWN[asked] ?? ''));
    await press(page, 'w', WATERFALL);
  }
  return { ...opened, unfold, key, graph: pictures.g, sequence: pictures.q, table: pictures.t };
}

/** What an analyst waits for at a long chain, measured in the page. */
export const chainScreenBench: Bench = {
  id: 'chain-screen',
  question: 'How long does an analyst wait at a chain of 5,000 calls?',
  run: async (bench) => {
    needBuild();
    const casePath = await makeCase('chain-screen', ensureData('trace', (CHAINS + 1) * CHAIN_CALLS).path, bench.folder);
    const times = await withPage(casePath, drive);
    return Object.entries(times).map(([id, values]): Figure => {
      const what = WHAT[id as keyof Times];
      bench.say(`${id}, ${what}: p50 ${sayMillis(medianOf(values))} p95 ${sayMillis(p95Of(values))}`);
      return { id: `ui.chain-${id}`, value: p95Of(values), unit: 'ms', what };
    });
  },
};
