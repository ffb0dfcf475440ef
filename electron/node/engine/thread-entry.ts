import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The entry file of a kind of thread beside the program that runs, built or plain; `undefined` where there is none. */
export function threadEntry(name: string): string | undefined {
  const folder = dirname(process.argv[1] ?? '');
  return [`${name}.js`, `${name}.ts`].map((file) => join(folder, file)).find((path) => existsSync(path));
}
