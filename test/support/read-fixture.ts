import { readFileSync } from 'node:fs';
import type { Importer } from '#shared/engine/importers/importer.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { callsOf, issuesOf, readAll } from './read-evidence.ts';

/** A file below `test/fixtures`. */
export const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));

/** The calls that an importer makes of some bytes, in order. */
export async function readCalls(importer: Importer, bytes: Uint8Array | string): Promise<readonly ImportedCall[]> {
  return callsOf(await readAll(importer, bytes)).map((item) => item.call);
}

/** What was not used, as `line: code message`. */
export async function readIssues(importer: Importer, bytes: Uint8Array | string): Promise<readonly string[]> {
  return issuesOf(await readAll(importer, bytes)).map((issue) => `${String(issue.record)}: ${issue.code} ${issue.message}`);
}

/** Extras by name. */
export const extrasOf = (call: ImportedCall | undefined): Readonly<Record<string, string>> => Object.fromEntries(call?.extras ?? []);
