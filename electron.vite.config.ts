import { resolve, sep } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundleGuard } from './scripts/bundle-guard.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);
// The engine is built inside main's build (`?modulePath`), so main's guard asks who imports: only main itself may.
const mainItself = (importer: string): boolean => importer.startsWith(at('electron/main') + sep);

// Paths of packages stand in bundles and maps: as the checkout has them, wherever a linked `node_modules` leads, so that the same sources give the
// same bytes anywhere.
const resolveAsLinked = { preserveSymlinks: true };
// How long plugins took is no warning.
const checks = { bundlerTimings: false };

export default defineConfig({
  main: {
    resolve: resolveAsLinked,
    plugins: [bundleGuard('engine', ['electron'], mainItself)],
    build: {
      outDir: at('out/main'),
      sourcemap: true,
      minify: true, // comments of the plain bundle would carry this machine's paths
      rolldownOptions: {
        checks,
        input: { index: at('electron/main/index.ts'), reader: at('electron/hosts/reader.ts'), asker: at('electron/hosts/asker.ts') },
      },
    },
  },
  preload: {
    resolve: resolveAsLinked,
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload must be one CommonJS file.
      rolldownOptions: {
        checks,
        input: { index: at('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    resolve: resolveAsLinked,
    root: at('renderer'),
    publicDir: false,
    plugins: [react(), bundleGuard('renderer', ['electron', 'better-sqlite3', 'better-sqlite3-multiple-ciphers', 'zod'])],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      sourcemap: false,
      assetsInlineLimit: 0, // data: URLs for fonts and scripts would need holes in the content security policy
      modulePreload: { polyfill: false },
      rolldownOptions: { checks, input: at('renderer/index.html') },
    },
  },
});
