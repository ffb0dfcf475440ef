import { expect } from '@playwright/test';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { tapWire } from '../support/wire-tap.ts';

const ROWS = 10_000_000;

interface PageParams {
  readonly from: number;
  readonly count: number;
}

/** Row `n` of a case that nobody has on this machine. */
const rowAt = (index: number): object => ({
  id: index + 1,
  ref: `made.jsonl#${String(index + 1)}`,
  time: '2026-10-01T00:00:00.000000Z',
  timeKind: 'start',
  format: 'kong-json',
  findings: 0,
  method: 'GET',
  host: 'api.test',
  path: `/row/${String(index + 1)}`,
});

function page(params: unknown): object {
  const { from, count } = params as PageParams;
  const rows = Array.from({ length: Math.max(0, Math.min(count, ROWS - from)) }, (_, position) => rowAt(from + position));
  return { from, total: ROWS, rows };
}

test('a table of ten million rows shows its first, its last and any row between, and counts them', async ({ win }) => {
  const tap = await tapWire(win);
  tap.set([
    { methods: /^calls\.page$/, what: { kind: 'make', make: page } },
    { methods: /^calls\.count$/, what: { kind: 'answer', result: { total: ROWS } } },
    { methods: /^calls\.position$/, what: { kind: 'answer', result: {} } },
  ]);
  await win.reload();
  await goToScreen(win, 'Calls');
  const grid = win.getByRole('grid', { name: 'Calls' });
  const rowOf = (number: number) => grid.locator(`[aria-rowindex="${String(number + 1)}"]`);
  await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await expect(rowOf(1)).toContainText('/row/1');
  await grid.focus();
  await win.keyboard.press('End');
  await expect(rowOf(ROWS)).toContainText(`/row/${String(ROWS)}`);
  await expect(rowOf(ROWS)).toBeInViewport();
  for (const key of ['ArrowUp', 'ArrowUp']) await win.keyboard.press(key);
  await expect(rowOf(ROWS - 2)).toBeInViewport();
  await win.keyboard.press('PageUp');
  await win.keyboard.press('Home');
  await expect(rowOf(1)).toBeInViewport();

  // Half way down by the scrollbar: one px of it stands for many rows, and each row still stands where it belongs.
  await grid.evaluate((element) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
  });
  await settle(win);
  const numbers = () =>
    grid
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 1).filter((number) => number > 0));
  // Rows hand their elements on while they move, and stand in order for who reads them one by one once they rest.
  await expect
    .poll(async () => {
      const shown = await numbers();
      return shown.every((number, position) => number === (shown[0] ?? 0) + position);
    })
    .toBe(true);
  const middle = await numbers();
  expect(Math.abs((middle[0] ?? 0) - ROWS / 2)).toBeLessThan(200);
  await expect(rowOf(middle[5] ?? 0)).toContainText(`/row/${String(middle[5])}`);
});

test('a jump goes to a row by its number', async ({ win }) => {
  await goToScreen(win, 'Calls');
  const grid = win.getByRole('grid', { name: 'Calls' });
  await grid.focus();
  await win.keyboard.press('Control+g');
  await win.getByRole('textbox', { name: 'Row or time' }).fill('9000');
  await win.keyboard.press('Enter');
  await expect(grid.locator('[aria-rowindex="9001"]')).toBeInViewport();
  await win.keyboard.press('Control+g');
  await win.getByRole('textbox', { name: 'Row or time' }).fill('2026-09-16T12:00');
  await win.keyboard.press('Enter');
  await expect(grid.locator('.vtable-row.active')).toContainText('2026-09-16 12:0');
  await win.keyboard.press('Control+g');
  await win.getByRole('textbox', { name: 'Row or time' }).fill('99999999');
  await win.keyboard.press('Enter');
  await expect(win.getByRole('dialog')).toContainText(/a row from 1 to \d+\D\d{3}, or a time/);
});
