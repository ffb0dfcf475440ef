import { canonicalJson } from '../../lib/canonical-json.ts';
import type { CryptoPort, OutputFile } from '../ports.ts';
import type { ReportView } from './section.ts';

/** Pieces are joined up to about this before they are written. Units: UTF-16 code units. */
const FLUSH = 65_536;

function* listPieces(name: string, items: Iterable<unknown>): Generator<string> {
  yield `"${name}":[`;
  let first = true;
  for (const item of items) {
    yield `${first ? '\n' : ',\n'}${canonicalJson(item)}`;
    first = false;
  }
  yield first ? ']' : '\n]';
}

/** `report.json` piece by piece, top-level members in the documented order, one list element a line, keys of an element sorted. */
function* jsonPieces(view: Pick<ReportView, 'json' | 'chains'>): Generator<string> {
  const { json } = view;
  yield `{\n"schema":${canonicalJson(json.schema)},\n"case":${canonicalJson(json.case)},\n`;
  yield* listPieces('sources', json.sources);
  yield ',\n';
  yield* listPieces('knowledge', json.knowledge);
  yield `,\n"coverage":${canonicalJson(json.coverage)},\n`;
  yield* listPieces('endpoints', json.endpoints);
  yield ',\n';
  yield* listPieces('principals', json.principals);
  yield ',\n';
  yield* listPieces('credentials', json.credentials);
  yield ',\n';
  yield* listPieces('chains', view.chains());
  yield ',\n';
  yield* listPieces('findings', json.findings);
  yield ',\n';
  yield* listPieces('leastPrivilege', json.leastPrivilege);
  yield ',\n';
  yield* listPieces('revocation', json.revocation);
  yield ',\n';
  yield* listPieces('machineLinks', json.machineLinks);
  yield `,\n"kpis":${canonicalJson(json.kpis)}\n}\n`;
}

/**
 * Writes `report.json` as a stream: chains are read one at a time. The same case and version give the same bytes.
 * The caller commits or abandons the file.
 */
export function writeJson(view: Pick<ReportView, 'json' | 'chains'>, output: Pick<OutputFile, 'write'>): void {
  let pending = '';
  for (const piece of jsonPieces(view)) {
    pending += piece;
    if (pending.length < FLUSH) continue;
    output.write(pending);
    pending = '';
  }
  output.write(pending);
}

/** SHA-256 of the bytes that `writeJson` would write, hex. Cost: the writing without the disk. */
export function jsonSha256(view: Pick<ReportView, 'json' | 'chains'>, crypto: Pick<CryptoPort, 'sha256'>): string {
  const digest = crypto.sha256();
  const encoder = new TextEncoder();
  writeJson(view, {
    write: (text) => {
      digest.update(encoder.encode(text));
    },
  });
  return digest.hex();
}
