import type { CryptoPort, OutputFile } from '../ports.ts';
import { renderHtml } from './html/document.ts';
import { reportSections } from './index.ts';
import { plainPrinting, type Printing } from './printing.ts';
import type { ReportView } from './section.ts';
import { jsonSha256 } from './write-json.ts';

/** Writes the whole report as one HTML file. The caller commits or abandons the file. */
export function writeHtml(
  view: ReportView,
  output: Pick<OutputFile, 'write'>,
  crypto: Pick<CryptoPort, 'sha256' | 'sha256Hex'>,
  printing: Printing = plainPrinting,
): void {
  renderHtml({ ...view, jsonSha256: jsonSha256(view, crypto), printing }, reportSections, crypto.sha256Hex, (text) => {
    output.write(text);
  });
}
