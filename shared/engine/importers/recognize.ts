import { present } from '../../lib/assert.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import type { ByteSource } from '../ports.ts';
import type { Envelope } from './envelope.ts';
import { envelopes } from './envelopes/index.ts';
import { lineList } from './envelopes/line-list.ts';
import { importers } from './index.ts';
import type { Imported, Importer, ReadContext, Recognition, RecordImporter } from './importer.ts';
import { peelHead } from './read/head-layers.ts';
import type { HeadView } from './read/head-layers.ts';
import { readInside } from './read/read-inside.ts';
import { sayNothing } from './read/read-nothing.ts';
import { sayUnclaimed } from './unclaimed.ts';
import { readRecords, type RecordPlan } from './read/read-records.ts';

/** The choice for a source. `importer` is undefined when nothing claims it; `why` says then what it seems to be instead. */
export interface Choice {
  readonly importer: Importer | undefined;
  /** Layers around the records, or around the documents of a format of documents; outermost first. */
  readonly layers: readonly Envelope[];
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly why: string;
  /** What the source is to be read with: what was given, and what recognition found beside the format. */
  readonly settings: ReadSettings;
}

const rank: Record<Recognition['strength'], number> = { none: 0, name: 1, shape: 2, magic: 3 };

const NO_SETTINGS: ReadSettings = {};

/**
 * Asks every importer and takes the one with the strongest evidence; among equals the earlier registry line. Where none is sure,
 * an envelope is taken off and all are asked again.
 * Shape: `head` is at most the first 64 KiB; `format` is the id that the user named, which overrules what the content says.
 */
export function recognize(head: Uint8Array, name: string, format?: string, settings: ReadSettings = NO_SETTINGS): Choice {
  let best = ask(head, name, format, settings);
  let worn: HeadView = { head, layers: [], reasons: [] };
  for (let view = worn; best.strength !== 'magic';) {
    const inside = peelHead(view);
    if (inside === undefined) break;
    view = inside;
    const inner = ask(view.head, name, format, settings);
    // What stands inside is what the file is about only where it is surer than the whole: a record of a call may carry another call
    // as its body, which whoever sent it chose.
    if (inner.strength === 'none' || inner.strength === 'name' || rank[inner.strength] <= rank[best.strength]) continue;
    // A document holds its own lists: what it calls its parts is not a layer around it.
    if (inner.importer?.records === 'document' && inner.importer === best.importer) continue;
    best = inner;
    worn = view;
  }
  // Lists in the lines of a container show their keys as if they stood alone: they are known before they are taken off.
  const lists = best.importer?.records === 'json' && worn.layers.length > 0 ? peelHead(worn) : undefined;
  if (lists?.layers.at(-1) === lineList && ask(lists.head, name, format, settings).importer === best.importer) worn = lists;
  if (best.importer === undefined)
    return { importer: undefined, layers: [], recognizedBy: 'none', why: best.why === '' ? sayUnclaimed(head) : best.why, settings };
  const { layers, reasons } = worn;
  return {
    importer: best.importer,
    layers,
    recognizedBy: format !== undefined ? 'override' : best.strength === 'name' ? 'name' : 'content',
    why: [...reasons, best.why].join('; inside: '),
    settings: best.settings ?? settings,
  };
}

interface Answer {
  readonly importer: Importer | undefined;
  readonly strength: Recognition['strength'];
  readonly why: string;
  readonly settings?: ReadSettings | undefined;
}

function ask(head: Uint8Array, name: string, format: string | undefined, settings: ReadSettings): Answer {
  if (format !== undefined) {
    const named = importers.find((importer) => importer.id === format);
    if (named === undefined) return { importer: undefined, strength: 'none', why: `no format is called ${format}` };
    const recognition = (named as Importer).recognize(head, name, settings);
    return { importer: named, ...recognition, why: `read as ${named.id} on request` };
  }
  let best: Answer = {
    importer: undefined,
    strength: 'none',
    why: '',
  };
  for (const importer of importers as readonly Importer[]) {
    const recognition = importer.recognize(head, name, settings);
    if (rank[recognition.strength] > rank[best.strength]) best = { importer, ...recognition };
  }
  return best;
}

/** A choice of something that can be read. */
export type ReadableChoice = Pick<Choice, 'layers'> & { readonly importer: Importer };

/** The choice of formats by name. Errors: a name that is not registered is the caller's bug. */
export const findChoice = (named: { readonly importer: string; readonly layers: readonly string[] }): ReadableChoice => ({
  importer: present(
    importers.find(({ id }) => id === named.importer),
    `an importer ${named.importer}`,
  ),
  layers: named.layers.map((id) =>
    present(
      envelopes.find((envelope) => envelope.id === id),
      `an envelope ${id}`,
    ),
  ),
});

/** How a source of records is read once its format was chosen; `undefined` for documents. */
export function toPlan({ importer, layers }: ReadableChoice): RecordPlan | undefined {
  if (importer.records === 'document') return undefined;
  const others = (importers as readonly Importer[]).filter(
    (other): other is RecordImporter =>
      other !== importer && other.records !== 'document' && other.independent && other.isCertain !== undefined,
  );
  return { importer, layers, others };
}

/** Reads a source as chosen. Errors: AppError `damaged-file` of a document; see `DocumentImporter`. */
export function readChosen(choice: ReadableChoice, source: ByteSource, context: ReadContext): AsyncIterable<readonly Imported[]> {
  return sayNothing(choice.importer.title, source, (watched) => readSilently(choice, watched, context));
}

function readSilently(choice: ReadableChoice, source: ByteSource, context: ReadContext): AsyncIterable<readonly Imported[]> {
  const { importer, layers } = choice;
  if (importer.records !== 'document') return readRecords(source, context, present(toPlan(choice), 'a format of records has a plan'));
  return layers.length === 0 ? importer.read(source, context) : readInside(source, context, importer, layers);
}
