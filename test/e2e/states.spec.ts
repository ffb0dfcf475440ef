import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { LOOKS, wearLook } from '../support/looks.ts';
import { enterState, STATES } from '../support/states/index.ts';
import { openSetting } from '../support/states/settings.ts';
import { findCutText, findPageOverflow, findSmallTargets } from '../support/targets.ts';
import { tapWire } from '../support/wire-tap.ts';

test.use({ trace: 'off' }); // a trace of a hundred states costs more than the states
/** Some fifty states, each looked at by axe and measured. Units: ms. */
const SWEEP = 400_000;

const [LIGHT, ...OTHER_LOOKS] = LOOKS;

/** What axe finds wrong, as lines; `rules` narrows it to some. */
async function axe(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // The report in its frame is a document of its own, under a policy that lets no tool in.
  const builder = new AxeBuilder({ page }).setLegacyMode().exclude('iframe').options({ resultTypes: ['violations'] });
  if (rules !== undefined) builder.withRules([...rules]);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

for (const setting of ['sample', 'odd', 'empty', 'none'] as const) {
  test(`${setting}: axe finds nothing in any state, every target is big enough and nothing is cut`, async ({ page }) => {
    test.setTimeout(SWEEP);
    const open = await openSetting(setting);
    if (open === undefined) throw new Error(`no setting ${setting}`);
    const faults: string[] = [];
    try {
      const tap = await tapWire(page);
      await page.goto(open.served.url);
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
      for (const state of STATES.filter((each) => each.setting === setting)) {
        const t0 = Date.now();
        const note = (what: string, found: readonly string[]): void => {
          faults.push(...found.map((fault) => `${state.name}, ${what}: ${fault}`));
        };
        await wearLook(page, LIGHT);
        await enterState(page, tap, state);
        const t1 = Date.now();
        note('axe', await axe(page));
        const t2 = Date.now();
        note('targets', await findSmallTargets(page));
        note('cut', await findCutText(page));
        const overflow = await findPageOverflow(page);
        if (overflow.wide > 0 || overflow.tall > 0) note('page', [JSON.stringify(overflow)]);
        const t3 = Date.now();
        for (const look of OTHER_LOOKS) {
          await wearLook(page, look);
          note(look.name, await axe(page, ['color-contrast']));
        }
        console.log(state.name, t1 - t0, t2 - t1, t3 - t2, Date.now() - t3);
      }
    } finally {
      await open.stop();
    }
    expect(faults).toEqual([]);
  });
}
