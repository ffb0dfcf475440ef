import type { OutputFile } from '../../../ports.ts';
import { migrateCase } from '../../../store/open.ts';
import { plainPrinting } from '../../printing.ts';
import { blankProfile } from '../../profile/blank-profile.ts';
import { profiledView } from '../../profile/profiled-view.ts';
import type { ExportFormat, ExportSource } from '../export-format.ts';
import { withoutNamesOf, type Redacted } from './leak-finder.ts';

/** What is written here is read and forgotten. */
function listener(listen: (text: string) => void): Parameters<Extract<ExportFormat, { kind: 'file' }>['write']>[1] {
  const ignore: Pick<OutputFile, 'writeBytes'> = { writeBytes: () => undefined };
  return { write: listen, check: listen, ...ignore };
}

/** What an export says when every text of the evidence is a number: headings, units, words of formats, sentences of sections. */
async function wordsOfOurs(format: ExportFormat, source: ExportSource): Promise<string> {
  const said: string[] = [];
  const output = listener((text) => void said.push(text));
  const scratch = source.openScratch();
  try {
    await scratch.work(async (db) => {
      // A case with nothing in it: what reads beside the view finds no evidence either.
      migrateCase(db, scratch.path, source.crypto, '');
      const hide = blankProfile();
      const printing = {
        ...plainPrinting,
        profile: source.printing.profile,
        settings: { ...plainPrinting.settings, omitted: source.printing.settings.omitted },
      };
      const blank = { ...source, db, hide, view: profiledView(source.view, hide), printing };
      if (format.kind === 'file') await format.write(blank, output);
      else for (const file of await format.files(blank)) await file.write(output);
    });
  } finally {
    scratch.remove();
  }
  return said.join('');
}

/**
 * What is left to search an export for when a caller or a company is called by a word of ours: a program named `SHA-256` stands in
 * every report, redacted or not, and tells nothing there. Names that the same export would hold without any evidence are not searched.
 * Cost: the export once more. Only worth it when a name was found.
 */
export async function withoutOwnWords(format: ExportFormat, source: ExportSource, redacted: Redacted): Promise<Redacted> {
  // Lists of calls name the format of each source, and there are no calls in a blank case.
  const formats = source.view.json.sources.flatMap((each) => each.format ?? []);
  const ours = [await wordsOfOurs(format, source), ...formats].join('\n');
  return withoutNamesOf(ours, redacted);
}
