import { toAppError } from '#shared/contract/errors.ts';
import type { SpoorClient } from '#shared/contract/table.ts';
import { KNOWLEDGE_WORDS, MAX_KNOWLEDGE, type KnowledgeKind } from '#shared/model/knowledge/kinds.ts';

/** What became of one file: `problem` says why it was not added. */
export interface AddedFile {
  readonly name: string;
  readonly problem?: string;
}

/** Adds files as knowledge of one kind, one after the other; a file that cannot be used keeps none of the others out. */
export async function addFiles(client: SpoorClient, kind: KnowledgeKind, files: readonly File[]): Promise<readonly AddedFile[]> {
  const results: AddedFile[] = [];
  for (const file of files) {
    const problem = await addFile(client, kind, file);
    results.push({ name: file.name, ...(problem === undefined ? {} : { problem }) });
  }
  return results;
}

async function addFile(client: SpoorClient, kind: KnowledgeKind, file: File): Promise<string | undefined> {
  if (file.size > MAX_KNOWLEDGE) return `it is too large to be a ${KNOWLEDGE_WORDS[kind]}`;
  try {
    const text = await file.text();
    const { problem, mapping } = await client.call('knowledge.check', { kind, name: file.name, text });
    if (problem !== undefined) return problem;
    await client.call('knowledge.add', { kind, name: mapping?.name ?? file.name, text });
    return undefined;
  } catch (thrown) {
    return toAppError(thrown).message;
  }
}
