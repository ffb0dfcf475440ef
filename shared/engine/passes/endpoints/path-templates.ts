import { withDateParts } from './date-parts.ts';
import { compileRules, type PathRule } from './path-rules.ts';
import { toTokens } from './path-tokens.ts';
import { printTemplate } from './template.ts';
import { createPathTrie } from './trie.ts';

/** The templates of all paths of a case that no description has: pinned ones first, else learned from the paths under the rules. */
export interface PathTemplates {
  /** Adds a call. Shape: `path` as it was captured; `isKnown` when the server knew what it was. */
  add(host: string, path: string, isKnown: boolean, method: string): void;
  /** Decides which places are variable; call once, after all paths were added. */
  learn(): void;
  templateOf(host: string, path: string): string;
  /** True when a rule speaks of the path. */
  isRuled(host: string, path: string): boolean;
  /** True when the path takes a pinned template. */
  isPinned(host: string, path: string): boolean;
}

/** Templates under these rules, without any path yet. */
export function createPathTemplates(rules: readonly PathRule[]): PathTemplates {
  const trie = createPathTrie();
  const byHost = compileRules(rules);
  const findPin = (host: string, path: string, tokens: readonly string[]): string | undefined => {
    const ofHost = byHost.get(host);
    return ofHost?.pinOf(path, ofHost.force(tokens));
  };
  return {
    // A pinned path tells about the places of those that are not, as a described one does.
    add(host, path, isKnown, method) {
      const tokens = toTokens(path);
      trie.add(host, tokens, isKnown, method, withDateParts(tokens, byHost.get(host)?.force(tokens)));
    },
    learn: () => {
      trie.learn();
    },
    templateOf(host, path) {
      const tokens = toTokens(path);
      return (
        findPin(host, path, tokens) ?? printTemplate(trie.templateOf(host, tokens, withDateParts(tokens, byHost.get(host)?.force(tokens))))
      );
    },
    isRuled(host, path) {
      const ofHost = byHost.get(host);
      if (ofHost === undefined) return false;
      const forced = ofHost.force(toTokens(path));
      return forced.some(({ as, name }) => as !== undefined || name !== undefined) || ofHost.pinOf(path, forced) !== undefined;
    },
    isPinned: (host, path) => findPin(host, path, toTokens(path)) !== undefined,
  };
}
