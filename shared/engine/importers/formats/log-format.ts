import { AppError } from '../../../contract/errors.ts';
import type { ReadSettings } from '../../../model/read-settings.ts';
import { compileGivenFormat } from '../access/given-format.ts';
import { countFollowing, readWith } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';
import type { LogFormat } from '../access/log-format.ts';
import type { RecordImporter } from '../importer.ts';

/**
 * Lines after a format that the analyst gave, or that a server configuration in the same evidence declares.
 * Source: ngx_http_log_module, mod_log_config and Gunicorn's access log for what the variables mean.
 */
export const logFormat = {
  id: 'log-format',
  title: 'Access log after a log_format or LogFormat',
  extensions: ['.log', '.txt'],
  holds: 'whatever the format names; give it as a setting, or import the server configuration that declares it together with the log',
  recognize(head, _name, settings) {
    const given = compileGiven(settings);
    if (typeof given === 'string') return { strength: 'none', why: given };
    if (given !== undefined) {
      const { lines, following, enough } = countFollowing(head, [given], (match) => match !== undefined);
      return {
        strength: enough ? 'magic' : 'none',
        why: `${String(following)} of the first ${String(lines)} lines follow the given log format`,
      };
    }
    const declared = compileDeclared(settings);
    const { lines, following, enough } = countFollowing(
      head,
      declared.map(({ format }) => format),
      (match) => match === 'whole',
    );
    if (!enough) return { strength: 'none', why: 'no log format was given, and the lines follow none that is declared' };
    const places = [...new Set(declared.map(({ where }) => where))].join(', ');
    return {
      strength: 'magic',
      why: `${String(following)} of the first ${String(lines)} lines follow a log format that ${places} declares`,
    };
  },
  records: 'lines',
  shape: 'not a line after the log format',
  independent: true,
  open(options) {
    const given = compileGiven(options.settings);
    if (typeof given === 'string') throw new AppError('bad-params', given);
    return readWith(given === undefined ? compileDeclared(options.settings).map(({ format }) => format) : [given], options);
  },
} as const satisfies RecordImporter;

/** The format that the analyst gave; the reason when it cannot be used; `undefined` when there is none. */
function compileGiven({ logFormat: text }: ReadSettings): LogFormat | string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return tryCompile(() => compileGivenFormat(text));
}

function tryCompile(compile: () => LogFormat): LogFormat | string {
  try {
    return compile();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/**
 * Declared formats that can be used, those with the most fields first: a line after a longer format would also look like one
 * after a shorter, with something at its end.
 */
function compileDeclared({ declaredFormats = [] }: ReadSettings): readonly { readonly format: LogFormat; readonly where: string }[] {
  return declaredFormats
    .flatMap(({ text, escape, where }) => {
      const format = tryCompile(() => compileLogFormat(text, { escape }));
      return typeof format === 'string' ? [] : [{ format, where }];
    })
    .sort((a, b) => b.format.fieldCount - a.format.fieldCount);
}
