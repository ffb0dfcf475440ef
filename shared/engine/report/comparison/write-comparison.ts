import type { Comparison } from '../../../contract/compare.ts';
import { renderDocument } from '../html/document.ts';
import { comparisonSections } from './comparison-sections.ts';

/** What the writing needs beside the comparison. */
export interface ComparisonSetup {
  readonly version: string;
  readonly sha256Hex: (text: string) => string;
  readonly write: (text: string) => void;
}

/** Writes what changed between two bundles as one HTML file. The same two cases and version give the same bytes. */
export function writeComparison(comparison: Comparison, { version, sha256Hex, write }: ComparisonSetup): void {
  const head = { title: 'API comparison report', marking: 'TLP not set: treat as restricted', footer: 'Spoor comparison', version };
  renderDocument(head, comparisonSections(comparison), sha256Hex, write);
}
