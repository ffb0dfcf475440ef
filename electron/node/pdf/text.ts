/** What a PDF says to whoever copies from it, searches it or has it read aloud. */
export interface PdfText {
  /** The words of each page, one line of the page a line. */
  readonly pages: readonly string[];
  /** What stands beside the pages: title, outline, addresses of links, descriptions of pictures. */
  readonly around: readonly string[];
}

interface StructureNode {
  readonly alt?: string | undefined;
  readonly children?: readonly unknown[] | undefined;
}

const isNode = (value: unknown): value is StructureNode => typeof value === 'object' && value !== null;

function* altTexts(node: unknown): Generator<string> {
  if (!isNode(node)) return;
  if (typeof node.alt === 'string') yield node.alt;
  for (const child of node.children ?? []) yield* altTexts(child);
}

/** What PDF.js gives for a link or a note, as far as it holds text. */
interface Annotation {
  readonly url?: string;
  readonly unsafeUrl?: string;
  readonly contentsObj?: { readonly str?: string };
}

interface OutlineItem {
  readonly title: string;
  readonly items: readonly OutlineItem[];
}

function* titles(items: readonly OutlineItem[]): Generator<string> {
  for (const item of items) {
    yield item.title;
    yield* titles(item.items);
  }
}

const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];

/**
 * Reads the text layer of a PDF with PDF.js: what was printed is judged by another program than the one that printed it.
 * Shape: `pdf` is left as it is. Errors: those of PDF.js for bytes that are no PDF.
 * Cost:  the reader is loaded at the first use. It gets bytes only: no address, no worker, nothing that it could fetch.
 */
export async function readPdfText(pdf: Uint8Array): Promise<PdfText> {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 });
  try {
    const pages: string[] = [];
    const around: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
      around.push(...altTexts(await page.getStructTree()));
      for (const note of (await page.getAnnotations()) as readonly Annotation[])
        around.push(...[note.url, note.unsafeUrl, note.contentsObj?.str].flatMap((text) => text ?? []));
      page.cleanup();
    }
    const { info } = await document.getMetadata();
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `null` for a document without an outline, whatever its type says
    around.push(...textsOf(info), ...titles((await document.getOutline()) ?? []));
    return { pages, around };
  } finally {
    await document.loadingTask.destroy();
  }
}
