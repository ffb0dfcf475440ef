import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A path inside the checkout. */
export const at = (...parts) => resolve(root, ...parts);

/** Where the caller stands: npm runs its scripts in the checkout, and says in `INIT_CWD` where it was called. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd();
