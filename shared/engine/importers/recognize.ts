import { importers } from './index.ts';
import type { Importer, Recognition } from './importer.ts';

/** The choice for a source. `importer` is undefined when nothing claims it; `why` says then what it seems to be instead. */
export interface Choice {
  readonly importer: Importer | undefined;
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly why: string;
}

const rank: Record<Recognition['strength'], number> = { none: 0, name: 1, shape: 2, magic: 3 };

/**
 * Asks every importer and takes the one with the strongest evidence; among equals the earlier registry line.
 * Shape: `head` is at most the first 64 KiB; `format` is the id that the user named, which overrules what the content says.
 */
export function recognize(head: Uint8Array, name: string, format?: string): Choice {
  if (format !== undefined) {
    const named = importers.find((importer) => importer.id === format);
    if (named !== undefined) return { importer: named, recognizedBy: 'override', why: `read as ${named.id} on request` };
    return { importer: undefined, recognizedBy: 'none', why: `no format is called ${format}` };
  }
  let best: { readonly importer: Importer; readonly recognition: Recognition } | undefined;
  for (const importer of importers as readonly Importer[]) {
    const recognition: Recognition = importer.recognize(head, name);
    if (rank[recognition.strength] > rank[best?.recognition.strength ?? 'none']) best = { importer, recognition };
  }
  if (best !== undefined) {
    return { importer: best.importer, recognizedBy: best.recognition.strength === 'name' ? 'name' : 'content', why: best.recognition.why };
  }
  return {
    importer: undefined,
    recognizedBy: 'none',
    why: head.length === 0 ? 'the file is empty' : `no known format in the first ${String(head.length)} bytes`,
  };
}
