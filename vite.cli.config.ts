import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { bundleGuard } from './scripts/bundle-guard.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** The command line its engine process and that one's threads: everything but the native module goes into the bundle. */
export default defineConfig({
  resolve: { preserveSymlinks: true }, // as in electron.vite.config.ts
  plugins: [bundleGuard('command line', ['electron'])],
  ssr: { noExternal: true, external: ['better-sqlite3', 'better-sqlite3-multiple-ciphers'], target: 'node' },
  build: {
    ssr: true,
    target: 'node22',
    outDir: at('out/cli'),
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      checks: { bundlerTimings: false }, // how long plugins took is no warning
      input: {
        spoor: at('electron/hosts/launch.ts'),
        engine: at('electron/hosts/engine.ts'),
        reader: at('electron/hosts/reader.ts'),
        asker: at('electron/hosts/asker.ts'),
      },
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
