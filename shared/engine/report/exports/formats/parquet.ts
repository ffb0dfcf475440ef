import type { SchemaElement } from 'hyparquet';
// By file: the package's own entry opens files, which this layer does not.
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { CallJson } from '../../../../contract/report-json.ts';
import { epochMicrosOf } from '../call-words.ts';
import type { FileFormat } from '../export-format.ts';
import type { ScannedOutput } from '../scan/scanned-output.ts';
import { selectedCalls } from '../selected-calls.ts';

/** Rows that are held at once and compressed together: some 30 MB of texts, and groups that readers skip well. */
const ROWS = 50_000;

type Cell = string | number | bigint | undefined;
type ColumnType = 'STRING' | 'DOUBLE' | 'INT32' | 'INT64' | 'TIMESTAMP';

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (call: CallJson) => Cell;
}

type TextName = { [K in keyof CallJson]-?: NonNullable<CallJson[K]> extends string ? K : never }[keyof CallJson];
const text = (name: TextName): Column => ({ name, type: 'STRING', of: (call) => call[name] });
const bytes = (name: 'reqBytes' | 'resBytes'): Column => ({
  name,
  type: 'INT64',
  of: (call) => (call[name] === undefined ? undefined : BigInt(Math.round(call[name]))),
});

/** The names of `spoor query --format ndjson`, in its order. `time` is a timestamp of microseconds in UTC. */
const COLUMNS: readonly Column[] = [
  text('ref'),
  { name: 'alsoSeenAs', type: 'STRING', of: ({ alsoSeenAs }) => (alsoSeenAs === undefined ? undefined : JSON.stringify(alsoSeenAs)) },
  { name: 'time', type: 'TIMESTAMP', of: ({ time }) => (time === undefined ? undefined : BigInt(epochMicrosOf(time))) },
  text('timeKind'),
  { name: 'durationMs', type: 'DOUBLE', of: ({ durationMs }) => durationMs },
  text('method'),
  text('scheme'),
  text('host'),
  { name: 'port', type: 'INT32', of: ({ port }) => port },
  text('path'),
  text('query'),
  text('endpoint'),
  { name: 'status', type: 'INT32', of: ({ status }) => status },
  bytes('reqBytes'),
  bytes('resBytes'),
  ...(['clientIp', 'userAgent', 'referer', 'principal', 'credential', 'kind', 'traceId', 'spanId', 'parentSpanId'] as const).map(text),
  ...(['requestId', 'upstream', 'route', 'service', 'tool', 'contentType', 'chain', 'format'] as const).map(text),
];

/** How each kind of column is said in Parquet. Not by the library's own short names: it takes a timestamp for milliseconds. */
const ELEMENTS: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  DOUBLE: { type: 'DOUBLE' },
  INT32: { type: 'INT32' },
  INT64: { type: 'INT64' },
  TIMESTAMP: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
};

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: COLUMNS.length },
  ...COLUMNS.map(({ name, type }): SchemaElement => ({
    name,
    ...ELEMENTS[type],
    repetition_type: name === 'ref' ? 'REQUIRED' : 'OPTIONAL',
  })),
];

/** Hands out what the library has written so far, and empties its buffer. */
function drain(writer: ByteWriter, output: ScannedOutput): void {
  output.writeBytes(writer.getBytes().slice());
  writer.index = 0;
}

/** Calls as columns for warehouses: ClickHouse, Spark, DuckDB, Athena. */
export const parquet: FileFormat = {
  kind: 'file',
  ofCalls: true,
  id: 'parquet',
  title: 'Parquet',
  holds:
    'Every call as a row of an Apache Parquet file, Snappy-compressed, for warehouses such as ClickHouse, DuckDB, Spark or Athena. Columns are named as in spoor query.',
  ending: 'parquet',
  async write(source, output) {
    const bytesOut = new ByteWriter();
    const writer = new ParquetWriter({ writer: bytesOut, schema: SCHEMA, createdBy: `Spoor version ${source.version}` });
    let cells: Cell[][] = COLUMNS.map(() => []);
    const flush = (): void => {
      void writer.write({ columnData: COLUMNS.map(({ name }, index) => ({ name, data: cells[index] ?? [] })), rowGroupSize: ROWS });
      cells = COLUMNS.map(() => []);
      drain(bytesOut, output);
    };
    for (const call of selectedCalls(source)) {
      const row = COLUMNS.map(({ of }) => of(call));
      output.check(row.filter((cell) => typeof cell === 'string').join('\t'));
      row.forEach((cell, index) => cells[index]?.push(cell));
      if ((cells[0]?.length ?? 0) >= ROWS) flush();
      await source.breathe();
    }
    if ((cells[0]?.length ?? 0) > 0) flush();
    void writer.finish();
    drain(bytesOut, output);
  },
};
