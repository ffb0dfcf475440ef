import type { Plugin } from 'vite';

/**
 * A build plugin that ends the build when a bundle would load one of `banned`, by whatever chain of imports.
 * `bundle` is the name that the message says; `exempt` decides by the importing file (main shares its build with the engine).
 */
export function bundleGuard(bundle: string, banned: readonly string[], exempt: (importer: string) => boolean = () => false): Plugin {
  return {
    name: 'spoor:bundle-guard',
    enforce: 'pre',
    resolveId(source, importer) {
      const name = banned.find((each) => source === each || source.startsWith(`${each}/`));
      if (name === undefined || exempt(importer ?? '')) return null;
      throw new Error(`the ${bundle} bundle must not load "${name}"; ${importer ?? 'an entry'} does`);
    },
  };
}
