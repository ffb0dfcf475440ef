import { expect, test, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { LOOKS, wearLook } from '../support/looks.ts';
import { settle } from '../support/screens.ts';
import { enterState, STATES } from '../support/states/index.ts';
import { openSetting } from '../support/states/settings.ts';
import type { ScreenState, Setting } from '../support/states/state.ts';
import { findCutText, findPageOverflow, findSmallTargets } from '../support/targets.ts';
import { tapWire } from '../support/wire-tap.ts';

test.use({ trace: 'off' }); // a trace of a hundred states costs more than the states
test.describe.configure({ mode: 'parallel' }); // each part has a server of its own

/** States that one test looks at, so that two workers share them evenly. */
const PART = 40;
/** That many states, each looked at by axe and measured, on two busy cores. Units: ms. */
const SWEEP = 600_000;

/** `SPOOR_STATES_STEP=4` looks at every fourth state, from the first or from `SPOOR_STATES_FROM` on: the turns of the scorecard. */
const STEP = Number(process.env['SPOOR_STATES_STEP'] ?? '1');
const FROM = Number(process.env['SPOOR_STATES_FROM'] ?? '0');

const [LIGHT, ...OTHER_LOOKS] = LOOKS;

/**
 * Themes beside light that a state is looked at in. Only colours differ between themes, and tokens.css.test.ts proves the
 * pairs: so every third state takes one of the three in turn, and `SPOOR_EVERY_LOOK=1` takes all of them for each in three times the time.
 */
const otherLooksOf = (index: number) =>
  process.env['SPOOR_EVERY_LOOK'] === '1' ? OTHER_LOOKS : OTHER_LOOKS.filter((_, place) => 3 * place === index % (3 * OTHER_LOOKS.length));

async function examine(page: Page, state: ScreenState, index: number): Promise<readonly string[]> {
  const faults: string[] = [];
  const note = (what: string, found: readonly string[]): void => {
    faults.push(...found.map((fault) => `${state.name}, ${what}: ${fault}`));
  };
  note('axe', await findAxeFaults(page));
  note('small target', await findSmallTargets(page));
  note('cut', await findCutText(page));
  const { wide, tall } = await findPageOverflow(page);
  if (wide > 0 || tall > 0) note('page scrolls', [`${String(wide)} wide, ${String(tall)} tall`]);
  for (const look of otherLooksOf(index)) {
    await wearLook(page, look);
    note(`axe in ${look.name}`, await findAxeFaults(page, { rules: ['color-contrast'] }));
  }
  return faults;
}

/** The states of a setting in parts, each with its title. */
const partsOf = (setting: Setting): readonly { readonly title: string; readonly states: readonly ScreenState[] }[] => {
  const all = STATES.filter((each) => each.setting === setting).filter((_, index) => index % STEP === FROM);
  const parts = Array.from({ length: Math.ceil(all.length / PART) }, (_, index) => all.slice(index * PART, (index + 1) * PART));
  return parts.map((states, index) => ({ title: parts.length > 1 ? `${setting}, part ${index + 1}` : setting, states }));
};

for (const setting of ['sample', 'odd', 'empty', 'none'] as const) {
  for (const { title, states } of partsOf(setting)) {
    test(`${title}: in every state axe finds nothing, targets are big enough, nothing is cut and nothing scrolls the page`, async ({
      page,
    }) => {
      test.setTimeout(SWEEP);
      const open = await openSetting(setting);
      if (open === undefined) throw new Error(`no setting ${setting}`);
      const faults: string[] = [];
      try {
        const tap = await tapWire(page);
        await page.goto(open.served.url);
        await page.getByRole('navigation', { name: 'Screens' }).waitFor();
        await settle(page); // the first state loads the page anew; before that its link must have been used up
        for (const [index, state] of states.entries()) {
          await wearLook(page, LIGHT);
          await enterState(page, tap, state);
          faults.push(...(await examine(page, state, index)));
        }
      } finally {
        await open.stop();
      }
      console.log(`${String(states.length)} states looked at, ${String(faults.length)} faults`);
      expect(faults).toEqual([]);
    });
  }
}
