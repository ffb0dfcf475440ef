import { parseAllDocuments } from 'yaml';
import type { Json } from '../lib/json.ts';
import { findYamlRefusal } from './guard.ts';

/** Aliases may repeat what they stand for this many times over in all; an alias bomb does so millions of times. */
const MAX_ALIAS_COUNT = 100;

/**
 * Reads all documents of a YAML text as plain data.
 * Shape: a sentence says why the text is not read; an empty document is left out. YAML 1.2 core: a date stays a text, no tag builds an object.
 */
export function readYamlDocuments(text: string, maxDepth: number): readonly Json[] | string {
  const refusal = findYamlRefusal(text, maxDepth);
  if (refusal !== undefined) return `${refusal.message} (character ${String(refusal.at)})`;
  const documents = parseAllDocuments(text, { schema: 'core', merge: true, strict: false, prettyErrors: false, logLevel: 'silent' });
  if ('empty' in documents) return [];
  const read: Json[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) return `not valid YAML at character ${String(error.pos[0])}: ${error.code}`;
    try {
      const value = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT }) as Json; // the core schema gives nothing else
      if (value !== null) read.push(value);
    } catch (thrown) {
      // `yaml` throws a ReferenceError for an alias bomb and for an alias without an anchor.
      if (thrown instanceof ReferenceError) return thrown.message;
      throw thrown;
    }
  }
  return read;
}
