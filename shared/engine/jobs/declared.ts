import { append } from '../../lib/append.ts';
import { parseMapping } from '../../contract/mapping.ts';
import type { DeclaredFormat, ReadSettings } from '../../model/read-settings.ts';
import { findLogFormats, findPastedFormat } from '../importers/access/find-log-formats.ts';
import { MAX_CONFIG_BYTES } from '../importers/formats/server-config.ts';
import type { ByteSource, EvidencePort, ExpandRequest } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listKnowledge } from '../store/read/knowledge.ts';
import { isBroken } from './peek-source.ts';

/** Configurations of nginx and Apache go by these names, in a bundle too: `nginx -T` written to a file, Kubernetes config maps. */
const CONFIG_NAME =
  /(?:\.(?:conf|cnf|vhost|ya?ml)|(?:^|[/!])(?:sites-(?:enabled|available)|conf\.d|conf-enabled)\/[^/]+|(?:nginx|apache2?|httpd)[^/]*\.(?:txt|out|cfg|dump))$/i;
/** Directives without which a file declares no format. */
const DIRECTIVES = /log_format|LogFormat|CustomLog/;

/** The first megabytes of a source as text; what cannot be read is left to the import to report. */
async function readText(source: ByteSource): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for await (const chunk of source.chunks()) {
      text += decoder.decode(chunk, { stream: true });
      size += chunk.length;
      if (size >= MAX_CONFIG_BYTES) break;
    }
  } catch (thrown) {
    if (!isBroken(thrown)) throw thrown;
  }
  return text;
}

/** Log formats that server configurations in the evidence declare: a look before the import, since logs often sort before them. */
export async function findDeclaredFormats(
  evidence: EvidencePort,
  paths: readonly ExpandRequest[],
  signal: AbortSignal,
  breathe: () => Promise<void>,
): Promise<readonly DeclaredFormat[]> {
  const found: DeclaredFormat[] = [];
  for await (const item of evidence.expand(paths, signal, { only: (name) => CONFIG_NAME.test(name) })) {
    await breathe();
    if (item.kind === 'failure' || !CONFIG_NAME.test(item.source.name)) continue;
    const text = await readText(item.source);
    if (DIRECTIVES.test(text))
      append(
        found,
        findLogFormats(text).map((format) => ({ ...format, where: item.source.name })),
      );
  }
  return found;
}

/** Keeps what a source declares for the imports that follow; it goes when the source is withdrawn. */
export function saveDeclaredFormats(db: SqlDriver, sourceId: number, formats: readonly DeclaredFormat[]): void {
  const insert = db.prepare('INSERT INTO declared_format (source_id, name, text, escaping) VALUES (?, ?, ?, ?)');
  for (const { name, text, escape } of formats) insert.run(sourceId, name, text, escape ?? null);
}

/** A log format that an analyst saved: every declaration of a configuration, or the one string that it is. */
function toFormats(name: string, text: string): readonly DeclaredFormat[] {
  const declared = findLogFormats(text);
  return (declared.length === 0 ? [{ ...findPastedFormat(text), name }] : declared).map((format) => ({ ...format, where: name }));
}

/**
 * What the case knows for every import: mappings and log formats that were added to it, then formats of this evidence, then of
 * evidence before it. What cannot be understood any more is passed over.
 */
export function declaredSettings(db: SqlDriver, ofThisImport: readonly DeclaredFormat[]): ReadSettings {
  const knowledge = listKnowledge(db);
  const mappings = knowledge.flatMap(({ kind, text = '' }) => {
    const mapping = kind === 'mapping' ? parseMapping(text) : '';
    return typeof mapping === 'string' ? [] : [mapping];
  });
  const added = knowledge.flatMap(({ kind, name, text = '' }) => (kind === 'log-format' ? toFormats(name, text) : []));
  const before = db
    .prepare('SELECT f.name, f.text, f.escaping, s.name AS source FROM declared_format f JOIN source s ON s.id = f.source_id ORDER BY f.id')
    .all<{ name: string; text: string; escaping: DeclaredFormat['escape'] | null; source: string }>()
    .map(({ escaping, source, ...format }) => ({ ...format, where: source, ...(escaping === null ? {} : { escape: escaping }) }));
  const keys = new Set<string>();
  const formats = [...added, ...ofThisImport, ...before].filter((format) => {
    const key = JSON.stringify([format.name, format.text, format.escape]);
    return !keys.has(key) && keys.add(key);
  });
  return {
    ...(mappings.length === 0 ? {} : { declaredMappings: mappings }),
    ...(formats.length === 0 ? {} : { declaredFormats: formats }),
  };
}
