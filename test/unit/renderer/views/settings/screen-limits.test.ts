import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { screenLimits } from '#renderer/views/settings/screen-limits.ts';

test('every limit of the screens is the constant of the file that it names', async () => {
  const root = resolve(import.meta.dirname, '../../../../..');
  for (const { where, name, value } of screenLimits) {
    const module = (await import(pathToFileURL(resolve(root, where)).href)) as Readonly<Record<string, unknown>>;
    expect({ name, value: module[name] }).toEqual({ name, value });
  }
});
