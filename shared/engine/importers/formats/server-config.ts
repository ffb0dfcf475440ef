import { concatBytes } from '../../../lib/bytes.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { AppError } from '../../../contract/errors.ts';
import { findLogFormats } from '../access/find-log-formats.ts';
import type { FoundFormat } from '../access/find-log-formats.ts';
import { compileLogFormat } from '../access/log-format.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { checkCancelled, toIssue } from '../read/reading.ts';

/** How much of a configuration is looked through. Units: bytes; the largest generated ones have a few megabytes. */
export const MAX_CONFIG_BYTES = 16 * 1024 * 1024;
/** What is shown of a format in a note. Units: characters. */
const SHOWN_FORMAT = 300;

/** Directives that only a server's configuration has. */
const SIGNS =
  /^[ \t]*(?:http|server|location[^{\r\n]{0,200}|events)[ \t]*\{|^[ \t]*<(?:VirtualHost|Directory|IfModule)\b|^[ \t]*(?:access_log|CustomLog|ErrorLog|ServerName|DocumentRoot)[ \t]/im;

/**
 * A configuration of nginx or Apache that declares log formats. It holds no calls; its formats say how logs beside it are read.
 * Source: ngx_http_log_module `log_format`, mod_log_config `LogFormat` and `CustomLog`.
 */
export const serverConfig = {
  id: 'server-config',
  title: 'Server configuration with log formats',
  extensions: ['.conf', '.txt', '.yaml', '.yml'],
  holds: 'no calls; the log formats that it declares are used for the logs imported with it',
  recognize(head) {
    const text = headText(head);
    const found = /^\s*[{[]/.test(text) ? [] : findLogFormats(text).filter((format) => toProblem(format) === undefined);
    if (found.length === 0) return { strength: 'none', why: 'no log_format or LogFormat directive' };
    const why = `directives that declare ${toNames(found)}`;
    return SIGNS.test(text) ? { strength: 'magic', why: `${why}, and others of a server's configuration` } : { strength: 'shape', why };
  },
  records: 'document',
  read: readConfig,
} as const satisfies DocumentImporter;

async function* readConfig(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const parts: Uint8Array[] = [];
  let kept = 0;
  let length = 0;
  for await (const chunk of source.chunks()) {
    checkCancelled(context.signal);
    length += chunk.length;
    if (kept < MAX_CONFIG_BYTES) {
      parts.push(chunk.slice(0, MAX_CONFIG_BYTES - kept));
      kept += chunk.length;
    }
    context.onBytes(length);
  }
  const text = headText(concatBytes(parts));
  if (text.trim() === '') {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const found = findLogFormats(text);
  const message = `a server configuration; it declares ${found.length === 0 ? 'no log format' : toNames(found)}`;
  yield [toIssue('skip', 'NOT_HTTP', message, { record: 1, at: { start: 0, length } }, text), ...found.map(toNote)];
}

const toNames = (found: readonly FoundFormat[]): string =>
  `the log format${found.length === 1 ? '' : 's'} ${found.map(({ name }) => name).join(', ')}`;

/** Why a format cannot be used; `undefined` when it can. */
function toProblem({ text, escape }: FoundFormat): string | undefined {
  try {
    compileLogFormat(text, { escape });
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function toNote(format: FoundFormat): Imported {
  const { name, text, escape } = format;
  const problem = toProblem(format);
  const how = escape === 'json' ? ' writes JSON lines' : '';
  const shown = text.length > SHOWN_FORMAT ? `${text.slice(0, SHOWN_FORMAT)}…` : text;
  return { kind: 'note', text: `The log format ${name}${how}: ${shown}${problem === undefined ? '' : ` (not used: ${problem})`}` };
}
