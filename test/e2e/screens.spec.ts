import { expect } from '@playwright/test';
import { goToScreen, SCREENS } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test('every screen fits into a window of 1280 by 800', async ({ win }) => {
  for (const title of SCREENS) {
    await goToScreen(win, title);
    const overflow = await win.evaluate(() => ({
      wide: document.documentElement.scrollWidth - window.innerWidth,
      tall: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect({ title, ...overflow }).toEqual({ title, wide: 0, tall: 0 });
  }
});

test('the page asks nobody but the local server, breaks no policy and complains of nothing', async ({ win, sample }) => {
  const complaints: string[] = [];
  const hosts = new Set<string>();
  win.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  win.on('pageerror', (error) => complaints.push(error.message));
  win.on('request', (request) => hosts.add(new URL(request.url()).host));
  await win.reload();
  for (const title of SCREENS) await goToScreen(win, title);
  expect([...hosts].filter((host) => host !== '')).toEqual([new URL(sample.url).host]);
  // Playwright prepares every frame with a script of its own; the report's sandbox stops that one too, as it should.
  expect(complaints.filter((each) => !/Blocked script execution in '.*\/blob\/[0-9a-f]+'/.test(each))).toEqual([]);
});

test('a tooltip of the rail stands inside it and goes when the pointer does', async ({ win }) => {
  const rail = win.getByRole('navigation', { name: 'Screens' });
  await rail.getByRole('link', { name: 'Chains' }).hover();
  await expect(rail.getByRole('tooltip')).toHaveCount(1);
  await win.mouse.move(640, 20);
  await expect(win.getByRole('tooltip')).toHaveCount(0);
});

test('the token leaves the address bar at once', ({ win }) => {
  expect(win.url()).not.toContain('token');
});
