import type { EndpointJson } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { callReader, type CallFilter } from '../../../store/read/calls/calls.ts';
import { listFindings } from '../../../store/read/findings/findings.ts';
import { policyFiles } from '../../write-policies.ts';
import type { ExportFile, ExportSource, FolderFormat } from '../export-format.ts';
import { textFile } from '../text-file.ts';
import { openapi } from './documents.ts';
import { writeHar } from './har.ts';
import { sarif } from './sarif.ts';

/** One thing that a pipeline can complain of about the description of an API. */
interface Lint {
  readonly rule: string;
  readonly level: 'error' | 'warning';
  readonly operation: string;
  readonly message: string;
  readonly calls: number;
}

const SAYS = {
  shadow: ['spec-shadow', 'error', 'is called and stands in no description'],
  zombie: ['spec-zombie', 'error', 'is deprecated or retired and still called'],
  orphan: ['spec-orphan', 'warning', 'is described and was never called'],
} as const;

function lintOf({ id, spec, auth, calls, sensitivity, drift }: EndpointJson): readonly Lint[] {
  const lint: Lint[] = [];
  if (spec === 'shadow' || spec === 'zombie' || spec === 'orphan') {
    const [rule, level, says] = SAYS[spec];
    lint.push({ rule, level, operation: id, message: `${id} ${says}`, calls });
  }
  if (calls > 0 && auth.length === 0 && (sensitivity === 'S2' || sensitivity === 'S3'))
    lint.push({ rule: 'spec-no-security', level: 'error', operation: id, message: `${id} holds data of level ${sensitivity} and was called without a credential`, calls });
  for (const { kind, where, calls: seen } of drift)
    lint.push({ rule: `spec-drift-${kind}`, level: 'warning', operation: id, message: `${id} differs from its description: ${kind} at ${where}`, calls: seen });
  return lint;
} // prettier-ignore

/** Calls of incident findings that nobody dismissed. */
function attackCalls({ db }: ExportSource): CallFilter {
  const calls = callReader(db);
  const refs = new Set(
    listFindings(db).flatMap((finding) => (finding.family === 'incident' && finding.status !== 'dismissed' ? finding.calls : [])),
  );
  return { where: 'c.id IN (SELECT value FROM json_each(?))', params: [JSON.stringify([...refs].flatMap((ref) => calls.idOf(ref) ?? []))] };
}

const README = (version: string): string =>
  [
    `Guardrail pack, made by Spoor ${version} from records of calls. Everything in it is a draft to be read before it is used.`,
    '',
    'findings.sarif.json  findings for code scanning (SARIF 2.1.0)',
    'spec-lint.ndjson     where the description of the API and its use differ, one complaint a line: a pipeline fails on "error"',
    'openapi-draft.yaml   what was called, as OpenAPI 3.1',
    'policy-*             least privilege for every principal: Cedar, Rego, OpenFGA; policy-index.json says what each would have stopped and broken',
    'attack.har           the calls of the incidents, without cookies and credentials, secrets masked: send them again, against a test system',
    '                     only, and expect them to be refused',
    'MANIFEST.sha256      hashes of all files: spoor verify FOLDER, or sha256sum -c MANIFEST.sha256',
    '',
  ].join('\n');

/** What keeps an incident from happening again, for pipelines. */
export const guardrailPack: FolderFormat = {
  kind: 'folder',
  id: 'guardrail-pack',
  title: 'Guardrail pack',
  holds: 'For pipelines: findings as SARIF, complaints about the API description, least-privilege policies, and the attack as a HAR to test against.',
  files: (source): readonly ExportFile[] => [
    textFile({ name: 'README.txt', text: README(source.version) }),
    { name: 'findings.sarif.json', write: (output) => sarif.write(source, output) },
    { name: 'spec-lint.ndjson', write: (output) => { for (const lint of source.view.json.endpoints.flatMap(lintOf)) output.write(`${canonicalJson(lint)}\n`); } },
    { name: 'openapi-draft.yaml', write: (output) => openapi.write(source, output) },
    { name: 'attack.har', write: async (output) => { await writeHar({ ...source, selection: attackCalls(source) }, output); } },
    ...policyFiles(source.view.json.leastPrivilege).map(({ name, text }) => textFile({ name: `policy-${name}`, text })),
  ],
}; // prettier-ignore
