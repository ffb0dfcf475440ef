import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Axe itself, of the version that its builder brings. */
const SOURCE = readFileSync(createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8');
/** In place of the source where a document has it already; the builder would send half a megabyte twice for each look. */
const HAS_IT = 'undefined';

interface AxeScope {
  /** The part of the page that is looked at. */
  readonly within?: string;
  /** Only these rules. */
  readonly rules?: readonly string[];
}

/** Axe puts a space between the two halves of a name that is elided in the middle; its label has none. Titles of drawings are tooltips, not text. */
const saysTheSame = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const shown = element.cloneNode(true) as Element;
      for (const tooltip of shown.querySelectorAll('title')) tooltip.remove();
      return (element.getAttribute('aria-label') ?? '').includes(shown.textContent);
    });

/**
 * What axe finds wrong on a page, a line for each element: the rule and a selector.
 * Shape: the report in its frame is left out, a document of its own under a policy that lets no tool in.
 */
export async function findAxeFaults(page: Page, { within, rules }: AxeScope = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  // Without legacy mode every look opens a page of its own.
  const builder = new AxeBuilder({ page, axeSource: HAS_IT })
    .setLegacyMode()
    .exclude('iframe')
    .options({ resultTypes: ['violations'] });
  if (within !== undefined) builder.include(within);
  if (rules !== undefined) builder.withRules([...rules]);
  const { violations } = await builder.analyze();
  const lines: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { target } of nodes) {
      const selector = target.join(' ');
      if (id === 'label-content-name-mismatch' && (await saysTheSame(page, selector))) continue;
      lines.push(`${id}: ${selector}`);
    }
  }
  return lines;
}
