// Draws every screen and state in every theme and at two sizes into test-results/screens. `npm run screenshots -- --all`.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { LOOKS, SIZES, wearLook } from './looks.ts';
import { enterState, STATES } from './states/index.ts';
import { openSetting } from './states/settings.ts';
import type { ScreenState, Setting } from './states/state.ts';
import { tapWire } from './wire-tap.ts';

const folder = resolve(import.meta.dirname, '../../test-results/screens');

/** Canvases redraw after the colours or the size change. Units: ms. */
const REDRAW = 120;

/** Whether a state was asked for, by part of its name; without a word all are. */
const isWanted = (name: string, wanted: readonly string[]): boolean => wanted.length === 0 || wanted.some((part) => name.includes(part));

async function drawSetting(browser: Browser, setting: Setting, states: readonly ScreenState[]): Promise<void> {
  const open = await openSetting(setting);
  if (open === undefined) {
    console.log(`${setting}: left out, this machine does not have it (SPOOR_LARGE_CASE names a case)`);
    return;
  }
  try {
    const page = await browser.newPage({ viewport: SIZES[0], locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' });
    const tap = await tapWire(page);
    await page.goto(open.served.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    for (const state of states) {
      await page.setViewportSize(SIZES[0]);
      await wearLook(page, LOOKS[0]);
      await enterState(page, tap, state);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const look of LOOKS) {
          await wearLook(page, look);
          await page.waitForTimeout(REDRAW);
          const path = join(folder, `${state.name}.${look.name}.${String(size.width)}.png`);
          await page.screenshot({ path, animations: 'disabled', caret: 'hide', scale: 'css' });
        }
      }
      console.log(state.name);
    }
    await page.close();
  } finally {
    await open.stop();
  }
}

/** Draws the states whose names hold one of `wanted`, all of them when that is empty. */
export async function drawAllScreens(wanted: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const states = STATES.filter(({ name }) => isWanted(name, wanted));
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  try {
    for (const setting of new Set(states.map((state) => state.setting)))
      await drawSetting(
        browser,
        setting,
        states.filter((state) => state.setting === setting),
      );
  } finally {
    await browser.close();
  }
  console.log(`written to ${folder.slice(resolve(import.meta.dirname, '../..').length + 1)}`);
}
