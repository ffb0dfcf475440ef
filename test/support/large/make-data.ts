/**
 * Writes large evidence for benches: `node test/support/large/make-data.ts kong|combined|trace COUNT FILE [--seed TEXT]`,
 * `… har MEGABYTES FILE`. The same arguments give the same bytes.
 */
import { parseArgs } from 'node:util';

import { writeCombinedLines } from './combined-lines.ts';
import { writeHarFile } from './har-file.ts';
import { writeKongLines, type Written } from './kong-lines.ts';
import { writeTraceLines } from './trace-lines.ts';

type Writer = (path: string, amount: number, seed?: string) => Written;

/** Writers of large evidence by the name of the format. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  kong: writeKongLines,
  combined: writeCombinedLines,
  har: writeHarFile,
  trace: writeTraceLines,
};

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
  const [format = '', amount = '', path] = positionals;
  const writer = WRITERS[format];
  const count = Number(amount);
  if (writer === undefined || path === undefined || !(count > 0)) {
    console.error(`usage: make-data.ts ${Object.keys(WRITERS).join('|')} AMOUNT FILE [--seed TEXT]`);
    process.exitCode = 2;
    return;
  }
  const started = performance.now();
  const written = writer(path, count, values.seed);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${path}: ${String(written.records)} records, ${String(written.bytes)} bytes, ${seconds.toFixed(1)} s, ${Math.round(written.records / seconds).toString()} records/s`,
  );
}

if (import.meta.main) main();
