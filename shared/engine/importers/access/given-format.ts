import { findPastedFormat } from './find-log-formats.ts';
import { compileLogFormat } from './log-format.ts';
import type { LogFormat } from './log-format.ts';
import { refuse } from './log-format-syntax.ts';

/**
 * Makes ready the format that an analyst gave, as the string alone or as the whole directive.
 * Trap: unknown variables are free text, so that a mistyped one would swallow every line; a call needs to say what it asked for.
 * Errors: AppError `bad-params` with the reason.
 */
export function compileGivenFormat(text: string): LogFormat {
  const pasted = findPastedFormat(text);
  const format = compileLogFormat(pasted.text, { escape: pasted.escape });
  if (!format.hasTarget) refuse('no field says what was asked for, such as $request, $request_uri or $uri (nginx), or %r or %U (Apache)');
  return format;
}
