import { CST, Lexer } from 'yaml';

/** Aliases that a text may use; real ones have a handful. */
export const MAX_ALIASES = 10_000;
/** Tags that name plain data; any other asks the reader to make an object of some kind. */
const PLAIN_TAGS = new Set(['!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq', '!']);

/** Why a YAML text is not parsed, and where. Units: `at` in characters from the start of the text. */
export interface YamlRefusal {
  readonly code: 'YAML_TAG' | 'YAML_ALIAS' | 'YAML_DEPTH';
  readonly message: string;
  readonly at: number;
}

/**
 * Looks over the tokens of a YAML text before anything is built from it, because the parser that follows is recursive: 20,000
 * brackets would end the process.
 * Shape:  the first reason to refuse, or `undefined`. Brackets in quotes, comments and block texts do not count, as the real lexer
 *         decides what they are. Block nesting is counted by the columns at which lists and maps begin.
 * Cost:   one pass over the tokens, no recursion.
 */
export function findYamlRefusal(text: string, maxDepth: number): YamlRefusal | undefined {
  const columns: number[] = [];
  let at = 0;
  let lineStart = 0;
  let flow = 0;
  let aliases = 0;
  let blockKey = 0;
  let lineHasToken = false;
  for (const token of new Lexer().lex(text)) {
    if (token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR) continue;
    const type = CST.tokenType(token);
    const column = at - lineStart;
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow += 1;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    else if (flow === 0 && (type === 'seq-item-ind' || type === 'explicit-key-ind')) {
      open(columns, column);
      lineHasToken = false;
    } else if (flow === 0 && type === 'map-value-ind') open(columns, blockKey);
    else if (type === 'tag' && !PLAIN_TAGS.has(token))
      return { code: 'YAML_TAG', message: `the tag ${token.slice(0, 60)} is not plain data`, at };
    else if (type === 'directive-line' && !token.startsWith('%YAML'))
      return { code: 'YAML_TAG', message: `the directive ${token.slice(0, 60).trim()}`, at };
    else if (type === 'alias') {
      aliases += 1;
      if (aliases > MAX_ALIASES) return { code: 'YAML_ALIAS', message: `more than ${String(MAX_ALIASES)} aliases`, at };
    }
    if (columns.length + flow > maxDepth) return { code: 'YAML_DEPTH', message: `nested more than ${String(maxDepth)} levels deep`, at };
    if (type !== 'space' && type !== 'newline' && type !== 'seq-item-ind' && type !== 'explicit-key-ind' && !lineHasToken) {
      blockKey = column;
      lineHasToken = true;
    }
    at += token.length;
    const lastLine = token.lastIndexOf('\n');
    if (lastLine !== -1) {
      lineStart = at - (token.length - lastLine - 1);
      lineHasToken = false;
    }
  }
  return undefined;
}

/** A list or map that begins at `column` closes those that began to its right. */
function open(columns: number[], column: number): void {
  while (columns.length > 0 && (columns.at(-1) ?? 0) > column) columns.pop();
  // A list may begin at the column of the key that holds it, so two levels per column are possible; one is counted.
  if (columns.at(-1) !== column) columns.push(column);
}
