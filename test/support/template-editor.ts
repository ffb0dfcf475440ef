import { expect, type Locator, type Page } from '@playwright/test';

/** The template editor, as a person finds it. */
export const editor = (win: Page): Locator => win.getByRole('dialog', { name: 'Path templates' });

/** What the editor says would change. */
export const preview = (win: Page): Locator => editor(win).getByRole('region', { name: 'What would change' });

/** An analysis of a handful of calls on two busy cores. Units: ms. */
export const ANALYSIS = 30_000;

/** Waits until the case is analysed. */
export const analysed = (win: Page): Promise<void> => expect(win.getByText('Not analysed yet')).toHaveCount(0, { timeout: ANALYSIS });
