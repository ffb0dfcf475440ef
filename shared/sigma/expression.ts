import { parseRegex } from '../query/regex.ts';
import { CannotRun, type SigmaTest } from './rule.ts';

const quote = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/**
 * The regular expression that asks the same of a text inside of a message, whose own search minds case in headers and not in bodies; so
 * the expression says itself whether it does. Errors: CannotRun for one that is too long.
 */
export function messageExpression(test: Extract<SigmaTest, { kind: 'pattern' | 'regex' }>): string {
  const source = test.kind === 'regex' ? `(?-i)${test.source}` : patternSource(test);
  const parsed = parseRegex(source, false);
  if (!parsed.ok) throw new CannotRun(`a value that is looked for inside of messages cannot run: ${parsed.message}`);
  return source;
}

function patternSource({ pieces, cased }: Extract<SigmaTest, { kind: 'pattern' }>): string {
  const body = pieces.map((piece) => (piece === 'many' ? '.*' : piece === 'one' ? '.' : quote(piece.text))).join('');
  return `(?s${cased ? '-i' : 'i'})^${body}$`;
}
