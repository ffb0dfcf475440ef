import { takeHead } from '../../../lib/bytes.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { XmlItemCutter } from '../burp/item-cutter.ts';
import type { XmlItem } from '../burp/item-cutter.ts';
import { toBurpCall } from '../burp/item-call.ts';
import { attributeOf, readItemFields } from '../burp/item-fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { Batch, createTimeCheck, openText, toIssue, toRange } from '../read/reading.ts';
import type { ByteRange } from '../../../model/call.ts';

/** Largest item that is read, messages included. Units: bytes. */
export const MAX_ITEM_BYTES = 64 * 1024 * 1024;

/** Where the list's start tag is looked for. Units: bytes. */
const HEAD_BYTES = 16 * 1024;

/** The start tag of the list, behind a document type that Burp writes as well. */
const LIST_TAG = /<items\s[^<>]*\bburpVersion\s*=[^<>]*>/;

/**
 * Items that Burp Suite saved as XML: requests and responses as they were on the wire, in base64 or as text. A record is an item.
 * Source: PortSwigger's documentation, "Save items". Read item by item; the document type is passed over, and no entity but the five
 * of XML itself is replaced.
 */
export const burpXml = {
  id: 'burp-xml',
  title: 'Burp Suite items (XML)',
  extensions: ['.xml'],
  holds:
    'time in a zone that is rarely certain, method, URL, status, server address, headers and bodies of both sides; no duration, no client',
  recognize(head) {
    if (LIST_TAG.test(headText(head))) return { strength: 'magic', why: 'XML with items and a burpVersion' };
    return { strength: 'none', why: 'no items of Burp' };
  },
  records: 'document',
  read: readBurp,
} as const satisfies DocumentImporter;

async function* readBurp(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const { chunks, places } = openText(source, context);
  const cutter = new XmlItemCutter(MAX_ITEM_BYTES);
  const batch = new Batch();
  const checkTime = createTimeCheck();
  let record = 0;
  let length = 0;
  const take = (item: XmlItem): void => {
    record += 1;
    const where = { record, at: toRange(places, item.start, item.length) };
    for (const imported of readItem(item, where, context.zoneOffsetMinutes)) {
      batch.add(imported);
      const doubt = imported.kind === 'call' ? checkTime(imported.call, where, '') : undefined;
      if (doubt !== undefined) batch.add(doubt);
    }
  };
  const { head, all } = await takeHead(chunks, HEAD_BYTES);
  const tag = LIST_TAG.exec(headText(head))?.[0];
  if (tag !== undefined) batch.add({ kind: 'note', text: `Saved by Burp ${attributeOf(tag, 'burpVersion') ?? ''}.` });
  for await (const chunk of all) {
    length += chunk.length;
    for (const item of cutter.push(chunk)) {
      take(item);
      if (batch.full) yield batch.take();
    }
  }
  const rest = cutter.end();
  if (rest !== undefined) take(rest);
  if (length === 0) batch.add({ kind: 'note', text: 'The file is empty.' });
  if (cutter.declaresEntities) batch.add({ kind: 'note', text: 'The document type declares entities; none was replaced.' });
  if (!batch.empty) yield batch.take();
}

function readItem(
  item: XmlItem,
  where: { readonly record: number; readonly at: ByteRange },
  zoneOffsetMinutes: number,
): readonly Imported[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(item.bytes);
  if (item.problem === 'too-long')
    return [
      toIssue('reject', 'LINE_TOO_LONG', `an item of ${String(item.length)} bytes; the limit is ${String(MAX_ITEM_BYTES)}`, where, text),
    ];
  if (item.problem === 'open') return [toIssue('reject', 'XML_SYNTAX', 'the item is not closed', where, text)];
  const call = toBurpCall(readItemFields(text), zoneOffsetMinutes);
  if (call === undefined) return [toIssue('reject', 'FIELD_MISSING', 'neither URL nor request in the item', where, text)];
  return [{ kind: 'call', ...where, call }];
}
