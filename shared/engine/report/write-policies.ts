import { append } from '../../lib/append.ts';
import type { LeastPrivilegeJson } from '../../contract/report-json.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';

/** Longest part of a file name that comes from a principal. Units: characters. */
const MAX_NAME = 60;

/** A file of the policy export. */
export interface PolicyFile {
  readonly name: string;
  readonly text: string;
}

/** A name that every file system takes: its number keeps it unique, and no device name of Windows begins with one. */
const baseName = (principal: string, index: number): string =>
  `${String(index + 1).padStart(3, '0')}-${principal
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-|-$/g, '')}`;

/** The files of the policy export: four texts for every principal, and `index.json` with what each is and how its replay went. */
export function policyFiles(policies: readonly LeastPrivilegeJson[]): readonly PolicyFile[] {
  const files: PolicyFile[] = [];
  const index = policies.map(({ policy, ...facts }, at) => {
    const name = baseName(facts.principal, at);
    const own = [
      { name: `${name}.cedar`, text: policy.cedar },
      { name: `${name}.cedarschema`, text: policy.cedarSchema },
      { name: `${name}.rego`, text: policy.rego },
      { name: `${name}.fga.yaml`, text: policy.openfga },
    ];
    append(files, own);
    return { ...facts, files: own.map((file) => file.name) };
  });
  const lines = index.map((entry) => canonicalJson(entry)).join(',\n');
  return [...files, { name: 'index.json', text: `{"schema":"spoor-policies/1","policies":[\n${lines}\n]}\n` }];
}
