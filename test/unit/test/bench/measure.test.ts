import { expect, test } from 'vitest';

import { repeat, runProcess } from '#test/bench/measure.ts';

test('a process gives its time, its output and its memory, its children included', async () => {
  const grow = 'const big = Buffer.alloc(60e6, 1); setTimeout(() => console.log(big.length), 300)';
  const parent = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(grow)}], { stdio: 'inherit' })`;
  const run = await runProcess(process.execPath, ['-e', parent]);
  expect(run.output.trim()).toBe('60000000');
  expect(run.wall).toBeGreaterThan(300);
  expect(run.peak).toBeGreaterThan(100e6);
});

test('a process that fails says what it said', async () => {
  await expect(runProcess(process.execPath, ['-e', "console.error('no such thing'); process.exit(3)"])).rejects.toThrow(
    /ended with 3: no such thing/,
  );
});

test('repeating goes one after the other', async () => {
  const order: number[] = [];
  await repeat(3, async (run) => {
    await Promise.resolve();
    order.push(run);
  });
  expect(order).toEqual([0, 1, 2]);
});
