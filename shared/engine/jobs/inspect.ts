import { AppError } from '../../contract/errors.ts';
import type { FieldRow, FormatRow, InspectedSource, PreviewCall, PreviewRow, ProposalRow } from '../../contract/inspection.ts';
import { headText } from '../../lib/text-bytes.ts';
import type { ImportedCall } from '../../model/call.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import { printTime } from '../../model/units.ts';
import { har } from '../importers/formats/har.ts';
import { jsonAccess } from '../importers/formats/json-access.ts';
import { mappedJson } from '../importers/formats/mapped-json.ts';
import type { Importer } from '../importers/importer.ts';
import { previewMapping, proposeForHead } from '../importers/mapping/preview.ts';
import type { Proposal } from '../importers/mapping/propose.ts';
import { readChosen, recognize, type Choice } from '../importers/recognize.ts';
import type { Intake, SeenCredential } from '../intake/masking/masked-call.ts';
import type { Sample } from './inspect-sample.ts';
import type { StampZone } from './zone.ts';

/** How much of a source recognition sees, as in an import. Units: bytes. */
const HEAD_BYTES = 64 * 1024;
/** Records that are shown: enough to see whether they are understood. */
const PREVIEW_RECORDS = 5;
/** Raw lines shown, and how much of each. Units of the second: characters. */
const SHOWN_LINES = 5;
const SHOWN_CHARACTERS = 400;
/** How much of a field's value is shown. Units: characters. */
const EXAMPLE_CHARACTERS = 80;
/** Fields that are offered: a table with more is not mapped by hand. */
const MAX_FIELDS = 400;

/** How one source is to be looked at. */
export interface InspectSettings {
  readonly format: string | undefined;
  readonly settings: ReadSettings;
  /** For stamps that name none; UTC when it is absent. */
  readonly zone?: StampZone | undefined;
  readonly signal: AbortSignal;
}

export const toFormatRow = ({ id, title, holds }: Pick<Importer, 'id' | 'title' | 'holds'>): FormatRow => ({ id, title, holds });

/**
 * Recognises a source as an import would and reads the start of it. Nothing of it crosses in clear: what is given back went through
 * the intake. Errors: AppError `cancelled`.
 */
export async function inspectSample(sample: Sample, how: InspectSettings, intake: Intake): Promise<InspectedSource> {
  const head = sample.bytes.subarray(0, HEAD_BYTES);
  const choice = recognize(head, sample.name, how.format, how.settings);
  const { importer } = choice;
  const proposal = proposeForHead(head, 'proposed');
  const isOpen = importer === undefined || importer.id === jsonAccess.id || importer.id === mappedJson.id;
  const mapping = mappingOf(choice, how, isOpen ? proposal : undefined);
  const base = {
    name: sample.name,
    ...(sample.size === undefined ? {} : { bytes: sample.size }),
    ...(importer === undefined ? {} : { format: toFormatRow(importer) }),
    recognizedBy: choice.recognizedBy,
    why: choice.why,
    layers: choice.layers.map(({ title }) => title),
    lines: firstLines(head, intake),
    fields: proposal === undefined ? [] : toFieldRows(proposal, intake),
    ...(proposal === undefined || !isOpen ? {} : { proposal: toProposalRow(proposal) }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  if (mapping !== undefined) {
    const preview = previewMapping(head, mapping, how.zone?.offsetMinutes ?? 0, PREVIEW_RECORDS).map(({ record, call, notUnderstood }) => ({
      record,
      ...(call === undefined ? {} : { call: toPreviewCall(call, how, intake) }),
      issues: [],
      notUnderstood: notUnderstood.map(({ target, text }) => ({ target, text: maskField(target, text, intake) })),
    }));
    return { ...base, preview };
  }
  if (importer === undefined) return { ...base, preview: [] };
  return { ...base, ...(await readStart({ ...choice, importer }, sample, how, intake)) };
}

/** The mapping that decides what the records mean, if one does. */
function mappingOf(
  { importer, settings }: Choice,
  { format, settings: given }: InspectSettings,
  proposal: Proposal | undefined,
): Mapping | undefined {
  if (given.mapping !== undefined && (format === undefined || format === mappedJson.id)) return given.mapping;
  if (importer !== undefined && importer.id !== jsonAccess.id && importer.id !== mappedJson.id) return undefined;
  return settings.mapping ?? proposal?.mapping;
}

/** The first records as the format's own reader gives them. */
async function readStart(
  choice: Choice & { readonly importer: Importer },
  sample: Sample,
  how: InspectSettings,
  intake: Intake,
): Promise<Pick<InspectedSource, 'preview' | 'problem'>> {
  const rows = new Map<number, PreviewRow>();
  const rowOf = (record: number): PreviewRow => rows.get(record) ?? { record, issues: [], notUnderstood: [] };
  const source = {
    name: sample.name,
    size: sample.bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- a source's chunks are asynchronous; these are at hand
    chunks: async function* () {
      yield sample.bytes;
    },
  };
  const context = {
    signal: how.signal,
    zoneOffsetMinutes: how.zone?.offsetMinutes ?? 0,
    settings: choice.settings,
    onBytes: () => undefined,
  };
  let problem = sample.failure === undefined ? endsEarly(choice, sample) : intake.maskText(sample.failure);
  try {
    read: for await (const items of readChosen(choice, source, context)) {
      for (const item of items) {
        if (item.kind === 'specification' || item.kind === 'trace' || item.kind === 'note' || item.record === undefined) continue;
        const isEnd = sample.isCut && item.at.start + item.at.length >= sample.bytes.length;
        if (item.kind === 'issue' && isEnd) continue; // cut by the sample, not by the source
        if (item.kind === 'issue' && item.code === 'HAR_TRUNCATED') problem = intake.maskText(item.message);
        if (rows.size === PREVIEW_RECORDS && !rows.has(item.record)) {
          // A document that is all at hand is read on, for whether it ends: a cut capture looks whole at its start.
          if (sample.isCut || choice.importer.records !== 'document') break read;
          continue;
        }
        const row = rowOf(item.record);
        if (item.kind === 'call') rows.set(item.record, { ...row, call: toPreviewCall(item.call, how, intake) });
        else if (item.kind === 'operation') {
          const { method, path } = item.operation;
          rows.set(item.record, { ...row, call: { zoneKnown: true, method, path: intake.maskText(path) } });
        } else {
          const { severity, code } = item;
          const issue = { severity, code, message: intake.maskText(item.message), excerpt: intake.maskText(item.excerpt, item.row) };
          rows.set(item.record, { ...row, issues: [...row.issues, issue] });
        }
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'cancelled') throw thrown;
    // A capture that is longer than the sample seems to end early; that is no problem of its own.
    if (!sample.isCut || thrown.code !== 'damaged-file') problem = intake.maskText(thrown.message);
    else if (rows.size === 0) problem = `no record ends within the first ${String(sample.bytes.length)} bytes`;
  }
  return { preview: [...rows.values()].sort((a, b) => a.record - b.record), ...(problem === undefined ? {} : { problem }) };
}

const [NUL, CLOSING] = [0, '}'.charCodeAt(0)];
/** Blanks that JSON allows after its end. Source: RFC 8259, section 2. */
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** A capture is one JSON object: one that does not end with its bracket was cut while it was written or copied. */
function endsEarly({ importer, layers }: Choice & { readonly importer: Importer }, { end, size }: Sample): string | undefined {
  if (importer.id !== har.id || layers.length > 0 || end === undefined) return undefined;
  const last = end.findLast((byte) => !BLANKS.has(byte));
  if (last === CLOSING || last === NUL) return undefined; // NUL: UTF-16, where the bracket is not the last byte
  const place = size === undefined ? '' : ` at byte ${String(size)}`;
  return `the file ends${place}, before its last bracket: the entries before it are read`;
}

function toPreviewCall(call: ImportedCall, { zone }: InspectSettings, intake: Intake): PreviewCall {
  const { call: masked, credential } = intake.maskCall(call);
  const time = masked.time === undefined || masked.zoneKnown ? masked.time : (zone?.named?.settle(masked.time).time ?? masked.time);
  const principal = masked.consumer ?? (credential === undefined ? masked.clientIp : toCallerName(credential));
  return {
    ...(time === undefined ? {} : { time: printTime(time) }),
    zoneKnown: masked.zoneKnown,
    ...(masked.durationMs === undefined ? {} : { durationMs: masked.durationMs }),
    ...(masked.method === undefined ? {} : { method: masked.method }),
    ...(masked.host === undefined ? {} : { host: masked.host }),
    ...(masked.path === undefined ? {} : { path: masked.path }),
    ...(masked.query === undefined ? {} : { query: masked.query }),
    ...(masked.status === undefined ? {} : { status: masked.status }),
    ...(principal === undefined ? {} : { principal }),
  };
}

/** `bill` of HTTP Basic, `x-api-key sk_…Wqk` of a key in a header. */
const toCallerName = ({ kind, label, masked }: SeenCredential): string =>
  label === undefined ? masked : kind === 'basic' ? label : `${label} ${masked}`;

const shorten = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Masked before it is cut: half a secret looks like none. */
function firstLines(head: Uint8Array, intake: Intake): readonly string[] {
  const text = headText(head);
  if (text.includes('\0')) return []; // not a text: there are no lines to see
  return text
    .split(/\r\n|\n|\r/, SHOWN_LINES * 4)
    .filter((line) => line.trim() !== '')
    .slice(0, SHOWN_LINES)
    .map((line) => shorten(intake.maskText(line), SHOWN_CHARACTERS));
}

/** The value of a field, masked by what its name says and by what it looks like. */
function maskField(name: string, text: string, intake: Intake): string {
  const { detail } = intake.maskCall({ timeKind: 'unknown', zoneKnown: false, extras: [[name, text]] });
  return shorten(detail.extras?.[0]?.[1] ?? '', EXAMPLE_CHARACTERS);
}

const toFieldRows = (proposal: Proposal, intake: Intake): readonly FieldRow[] =>
  proposal.sampled.slice(0, MAX_FIELDS).map(({ path, values, texts }) => ({
    path,
    records: values.length,
    example: texts[0] === undefined ? '' : maskField(path, texts[0], intake),
  }));

const toProposalRow = ({ mapping, fields, confident }: Proposal): ProposalRow => ({
  mapping,
  confident,
  fields: fields.map(({ doubt, ...field }) => ({ ...field, ...(doubt === undefined ? {} : { doubt }) })),
});
