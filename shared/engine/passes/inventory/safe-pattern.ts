import { RE2JS, RE2JSException } from 're2js';

/** Longer patterns are not compared. Units: characters. */
const MAX_PATTERN = 1000;
/** Most steps of a compiled pattern: time per character grows with them. */
const MAX_STEPS = 2000;
/** Patterns kept as compiled. */
const KEPT = 2000;

/** What Ajv asks of a regular expression. */
export interface SafePattern {
  test(text: string): boolean;
}

const kept = new Map<string, SafePattern | undefined>();

/**
 * A pattern of a description for RE2, whose time grows with the text and nothing else; `undefined` for one that RE2 does not have
 * (look-around, back-references) or that is too large, which then is not compared.
 */
export function compilePattern(source: string): SafePattern | undefined {
  if (kept.has(source)) return kept.get(source);
  if (kept.size >= KEPT) kept.clear();
  const compiled = compile(source);
  kept.set(source, compiled);
  return compiled;
}

function compile(source: string): SafePattern | undefined {
  if (source.length > MAX_PATTERN) return undefined;
  try {
    const compiled = RE2JS.compile(source);
    return compiled.programSize() > MAX_STEPS ? undefined : { test: (text) => compiled.test(text) };
  } catch (thrown) {
    if (thrown instanceof RE2JSException) return undefined;
    throw thrown;
  }
}
