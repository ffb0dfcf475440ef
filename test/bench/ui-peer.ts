import type { Page } from '@playwright/test';

/** What the page of the peer is told. */
interface PlainTable {
  readonly rows: number;
  /** Tracks of the grid of a row, one a column. */
  readonly columns: readonly string[];
}

/** Rows of 24 px, the compact density that the table of calls has, and columns as wide as its usual ones. */
const PLAIN: PlainTable = {
  rows: 600_000,
  columns: ['176px', '0.9fr', '68px', '1.1fr', '1.7fr', '64px', '60px', '76px', '56px', '80px'],
};

/** Runs inside the page: a list that recycles rows of plain text and does nothing else. It has the names that the probe looks for. */
function drawPlainTable({ rows, columns }: PlainTable): void {
  const height = 24;
  document.body.innerHTML = `<style>
    body { margin: 0; font: 12px sans-serif }
    .grid { position: relative; height: 600px; overflow: auto; contain: strict }
    .row { position: absolute; inset: 0 0 auto; height: ${String(height)}px; display: grid; grid-template-columns: ${columns.join(' ')}; contain: strict }
    .row > span { padding: 0 8px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
  </style><div class="grid" role="grid" aria-label="Calls"><div class="vtable-body" style="height: ${String(rows * height)}px"></div></div>`;
  const [grid, body] = [document.querySelector('.grid'), document.querySelector('.vtable-body')];
  if (grid === null || body === null) return;
  const pool = Array.from({ length: Math.ceil(grid.clientHeight / height) + 1 }, () => {
    const row = document.createElement('div');
    row.className = 'row';
    row.setAttribute('role', 'row');
    row.append(...columns.map(() => document.createElement('span')));
    body.append(row);
    return { row, cells: [...row.children], index: -1 };
  });
  const draw = (): void => {
    const first = Math.floor(grid.scrollTop / height);
    for (let index = first; index < first + pool.length; index += 1) {
      const item = pool[index % pool.length];
      if (item === undefined || item.index === index) continue;
      item.index = index;
      item.row.style.top = `${String(index * height)}px`;
      for (const [column, cell] of item.cells.entries()) cell.textContent = `row ${String(index)} column ${String(column)}`;
    }
  };
  grid.addEventListener('scroll', draw);
  draw();
}

/**
 * The peer of the table of calls: a static list of the same look without data, program or framework. What a browser drops
 * of it under the same wheel is what this machine cannot draw; only what is dropped beyond that is ours.
 */
export async function openPlainTable(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.evaluate(drawPlainTable, PLAIN);
}
