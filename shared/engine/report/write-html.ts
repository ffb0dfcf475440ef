import type { CryptoPort, OutputFile } from '../ports.ts';
import { renderHtml } from './html/document.ts';
import { reportSections } from './index.ts';
import type { ReportView } from './section.ts';

/** Writes the whole report as one HTML file. The caller commits or abandons the file. */
export function writeHtml(view: ReportView, crypto: Pick<CryptoPort, 'sha256Hex'>, output: Pick<OutputFile, 'write'>): void {
  renderHtml(view, reportSections, crypto.sha256Hex, (text) => {
    output.write(text);
  });
}
