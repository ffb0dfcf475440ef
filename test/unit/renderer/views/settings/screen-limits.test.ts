import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { screenLimits } from '#renderer/views/settings/screen-limits.ts';

test('every limit of the screens is the constant of the file that it names', async () => {
  const root = resolve(import.meta.dirname, '../../../../..');
  for (const { where, name, value } of screenLimits) {
    const module: unknown = await import(pathToFileURL(resolve(root, where)).href);
    expect({ name, value: typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined }).toEqual({ name, value });
  }
});
