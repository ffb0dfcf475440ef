import type { Page } from '@playwright/test';
import { facetFields } from '#renderer/filter/facet-fields.ts';
import { settle } from '../screens.ts';

/** Columns of calls with texts of the evidence that stand beside the usual ones when an analyst wants them. */
const COLUMNS = ['time', 'method', 'host', 'path', 'contentType', 'upstream', 'service', 'route', 'userAgent', 'referer', 'requestId'] as const; // prettier-ignore

/** Loads the calls of the trace anew, as for an analyst who has every facet open and the columns with texts shown. */
export async function openEverything(page: Page): Promise<void> {
  const prefs = {
    version: 1,
    fields: true,
    facets: Object.fromEntries(facetFields.map(({ field }) => [field, true])),
    columns: { calls: COLUMNS.map((id) => ({ id })) },
  };
  await page.evaluate((text) => {
    window.localStorage.setItem('spoor-prefs', text);
    window.location.hash = '#/calls?q=host%3Atools.example';
  }, JSON.stringify(prefs));
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await settle(page);
}
