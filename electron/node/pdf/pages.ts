import { readFile, rm, writeFile } from 'node:fs/promises';

/** Where the report leaves room for the page of a heading; the id is ours, never evidence, which cannot spell a comment. */
const PLACE = /<!--page:([a-z0-9-]+)-->/g;

/** Offsets of the objects of a PDF by number. Source: ISO 32000-1, 7.5.4; Chromium writes one plain table and no object streams. */
function readOffsets(pdf: string): ReadonlyMap<number, number> {
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf)?.[1] ?? Number.NaN);
  const offsets = new Map<number, number>();
  const head = /^xref\s+(\d+) (\d+)\s*\n/.exec(pdf.slice(table, table + 40));
  if (head === null) return offsets;
  const first = Number(head[1]);
  for (let index = 0; index < Number(head[2]); index += 1) {
    // Each entry has 20 bytes.
    const entry = pdf.slice(table + head[0].length + index * 20, table + head[0].length + index * 20 + 18);
    if (entry.endsWith('n')) offsets.set(first + index, Number(entry.slice(0, 10)));
  }
  return offsets;
}

/**
 * The page of each destination of a PDF that Chromium wrote: the ids of elements that links lead to, pages counted from 1.
 * Shape: empty where the file is built in another way; its contents then stay without numbers.
 */
export function pagesOfDestinations(bytes: Buffer): ReadonlyMap<string, number> {
  const pdf = bytes.toString('latin1');
  const offsets = readOffsets(pdf);
  const objectAt = (number: number): string => {
    const start = offsets.get(number);
    return start === undefined ? '' : pdf.slice(start, pdf.indexOf('endobj', start));
  };
  const reference = (text: string, key: string): number => Number(new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1] ?? Number.NaN);
  const catalog = objectAt(reference(pdf.slice(pdf.lastIndexOf('trailer')), 'Root'));
  const pages = new Map<number, number>();
  const walk = (number: number): void => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(objectAt(number))?.[1];
    if (kids === undefined) pages.set(number, pages.size + 1);
    else for (const kid of kids.matchAll(/(\d+) 0 R/g)) walk(Number(kid[1]));
  };
  walk(reference(catalog, 'Pages'));
  const destinations = objectAt(reference(catalog, 'Dests')).matchAll(/\/([A-Za-z0-9-]+) \[(\d+) 0 R/g);
  return new Map(
    [...destinations].flatMap(([, id = '', page]) => [[id, pages.get(Number(page)) ?? 0] as const]).filter(([, page]) => page > 0),
  );
}

/**
 * Prints a page twice: browsers cannot say in the contents on which page a heading will be, so the first print tells and the second has
 * the numbers written in. The room for them is there in both, so that no page moves.
 * Shape: `scratch` is a path for the numbered page, which is gone afterwards. Cost: a page without contents is printed once.
 */
export async function printNumbered(htmlPath: string, scratch: string, print: (path: string) => Promise<Buffer>): Promise<Buffer> {
  const pdf = await print(htmlPath);
  const html = await readFile(htmlPath, 'utf8');
  const pages = pagesOfDestinations(pdf);
  const numbered = html.replaceAll(PLACE, (_place, id: string) => String(pages.get(id) ?? ''));
  if (numbered === html || pages.size === 0) return pdf;
  await writeFile(scratch, numbered, { mode: 0o600 });
  try {
    return await print(scratch);
  } finally {
    await rm(scratch, { force: true });
  }
} // prettier-ignore
