import { policyFiles } from '../../write-policies.ts';
import type { FolderFormat } from '../export-format.ts';
import { textFile } from '../text-file.ts';

/** Least-privilege policies in the languages of three engines. */
export const policy: FolderFormat = {
  kind: 'folder',
  id: 'policy',
  title: 'Policies',
  holds: 'Least-privilege policies for every principal, in Cedar, Rego and OpenFGA, with what each would have stopped and broken.',
  files: ({ view }) => policyFiles(view.json.leastPrivilege).map(textFile),
};
