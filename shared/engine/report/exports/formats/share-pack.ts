import { copyCase } from '../../../store/copy.ts';
import { everyText, redactCopy } from '../../../store/share/redact-copy.ts';
import { withoutObjects } from '../../profile/replace-shapes.ts';
import type { ExportSource, FolderFormat } from '../export-format.ts';
import type { ScannedOutput } from '../scan/scanned-output.ts';
import { textFile } from '../text-file.ts';
import { csv, html, json } from './documents.ts';

const README = (version: string): string =>
  [
    `Share pack, made by Spoor ${version}: a case with pseudonyms in place of principals, hosts and addresses, without bodies, headers, queries and secrets.`,
    '',
    'case.spoor       open it with Spoor, for reading: calls, chains and findings have the ids that they have in the whole case',
    'report.html      the report, with the same pseudonyms',
    'report.json      the same for programs',
    'findings.csv     one line per finding',
    'MANIFEST.sha256  hashes of all files',
    '',
    'Owners of domains (the acme of api.acme.test) are company-01, company-02, … also in paths, names of files, audiences, scopes and programs.',
    'Other words of these stay as they are: read them before you hand this on.',
    '',
    'spoor verify FOLDER            whether the files are as the manifest says',
    'spoor verify case.spoor        whether the file is whole; its log names the head of the log of the case that it comes from',
    '',
  ].join('\n');

async function writeCase({ db, hide, crypto, openScratch, breathe }: ExportSource, output: ScannedOutput): Promise<void> {
  const scratch = openScratch();
  try {
    copyCase(db, scratch.path);
    await scratch.work(async (copy) => {
      redactCopy(copy, { ...hide, path: (value) => hide.text(withoutObjects(value)) }, crypto);
      for (const text of everyText(copy)) {
        output.check(text);
        await breathe();
      }
    });
    for (const piece of scratch.read()) output.writeBytes(piece);
  } finally {
    scratch.remove();
  }
}

/** A case for others: the same findings under the same ids, and nobody's name. */
export const sharePack: FolderFormat = {
  kind: 'folder',
  id: 'share-pack',
  title: 'Share pack',
  holds: 'A redacted case that opens in Spoor on another machine, with the same findings under the same ids, and its report. Always with pseudonyms.',
  redacted: true,
  files: (source) => [
    textFile({ name: 'README.txt', text: README(source.version) }),
    { name: 'case.spoor', write: (output) => writeCase(source, output) },
    { name: 'report.html', write: (output) => html.write(source, output) },
    { name: 'report.json', write: (output) => json.write(source, output) },
    { name: 'findings.csv', write: (output) => csv.write(source, output) },
  ],
}; // prettier-ignore
