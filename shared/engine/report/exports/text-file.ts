import type { ExportFile } from './export-format.ts';

/** A file of an export that is one text. */
export const textFile = ({ name, text }: { readonly name: string; readonly text: string }): ExportFile => ({
  name,
  write(output) {
    output.write(text);
  },
});
