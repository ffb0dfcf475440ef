import type { Page } from '@playwright/test';

/** Drags real files and folders over the window as the operating system does; stops at `until`. */
export async function dropFiles(page: Page, paths: readonly string[], until: 'over' | 'drop' = 'drop'): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', ...(until === 'drop' ? (['drop'] as const) : [])] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
}
