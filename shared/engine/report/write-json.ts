import { canonicalJson } from '../../lib/canonical-json.ts';
import type { CryptoPort, OutputFile } from '../ports.ts';
import type { ReportView } from './section.ts';

/** Pieces are joined up to about this before they are written. Units: UTF-16 code units. */
const FLUSH = 65_536;

/** Members of the report that are lists and known as a whole; chains are read one at a time. */
type ListName =
  | 'sources'
  | 'knowledge'
  | 'suppressions'
  | 'endpoints'
  | 'principals'
  | 'credentials'
  | 'findings'
  | 'incidents'
  | 'leastPrivilege'
  | 'revocation'
  | 'revocationCallers'
  | 'machineLinks';

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
function* jsonPieces({ json, chains }: Pick<ReportView, 'json' | 'chains'>): Generator<string> {
  const lists = (names: readonly ListName[]): readonly Iterable<string>[] => names.map((name) => listPieces(name, json[name]));
  const members: readonly Iterable<string>[] = [
    [`"schema":${canonicalJson(json.schema)}`],
    [`"case":${canonicalJson(json.case)}`],
    ...lists(['sources', 'knowledge', 'suppressions']),
    [`"coverage":${canonicalJson(json.coverage)}`],
    ...lists(['endpoints', 'principals', 'credentials']),
    listPieces('chains', chains()),
    ...lists(['findings', 'incidents', 'leastPrivilege', 'revocation', 'revocationCallers', 'machineLinks']),
    [`"kpis":${canonicalJson(json.kpis)}`],
  ];
  yield '{\n';
  for (const [index, member] of members.entries()) {
    if (index > 0) yield ',\n';
    yield* member;
  }
  yield '\n}\n';
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
  writeJson(view, {
    write: (text) => {
      digest.update(text);
    },
  });
  return digest.hex();
}
