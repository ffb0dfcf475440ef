import { stringify } from 'yaml';
import type { SavedDetectorRow } from '../../contract/hunting.ts';
import { parseQuery } from '../../query/parse.ts';
import { CannotRun } from '../../sigma/rule.ts';
import { toSigmaDocuments, toUuid, type RuleDraft } from '../../sigma/write-rule.ts';
import type { Detector } from '../detectors/detector.ts';
import type { CryptoPort, OutputFile } from '../ports.ts';

/** A rule that was written, and how many were not, with the reason. */
export interface SigmaExport {
  readonly written: number;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

const NO_MAPS = { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] } as const;
const OWN = 'it compares principals with their own past, with each other or over several records, which a Sigma rule cannot';

type Draft = RuleDraft | { readonly id: string; readonly reason: string };

/** The parts of a detector that are about single calls, or counts of them. */
const ofDetector = ({ id, title, about, maps, sigma }: Detector): readonly Draft[] =>
  sigma === undefined
    ? [{ id, reason: OWN }]
    : sigma.map((form): RuleDraft => ({
        id: `${id} ${form.title}`,
        title: `${title}: ${form.title}`,
        description: `${about.catches} This rule is part of the detector ${id}; it leaves out ${form.leavesOut}.`,
        level: form.level,
        falsePositives: about.falsePositives,
        maps,
        ask: form.ask,
        burst: form.burst,
      }));

function ofSaved({ id, name, query, severity, least, minutes }: SavedDetectorRow): Draft {
  const parsed = parseQuery(query);
  if (!parsed.ok) return { id, reason: parsed.error.message };
  const burst = least === undefined || minutes === undefined ? undefined : ({ least, minutes, by: 'principal' } as const);
  return { id, title: name, description: `Calls that fit ${query}`, level: severity, falsePositives: [], maps: NO_MAPS, ask: parsed.ast, burst };
} // prettier-ignore

/** Writes what of the detectors Sigma has words for, and names the others with the reason. The same detectors give the same bytes. */
export function writeSigma(
  detectors: readonly Detector[],
  saved: readonly SavedDetectorRow[],
  output: Pick<OutputFile, 'write'>,
  crypto: Pick<CryptoPort, 'sha256Hex'>,
): SigmaExport {
  const uuid = (name: string): string => toUuid(crypto.sha256Hex(`spoor sigma ${name}`));
  const left: { readonly id: string; readonly reason: string }[] = [];
  const texts: string[] = [];
  let written = 0;
  for (const draft of [...detectors.filter(({ family }) => family !== 'rule').flatMap(ofDetector), ...saved.map(ofSaved)]) {
    if ('reason' in draft) {
      left.push(draft);
      continue;
    }
    try {
      for (const document of toSigmaDocuments(draft, uuid)) texts.push(stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
      written += 1;
    } catch (thrown) {
      if (!(thrown instanceof CannotRun)) throw thrown;
      left.push({ id: draft.id, reason: thrown.message });
    }
  }
  const comments = left.map(({ id, reason }) => `# Not expressed: ${id}: ${reason.replace(/\s+/g, ' ')}\n`);
  output.write(`# Sigma rules written by Spoor: ${String(written)} of its detectors and of the case's own.\n${comments.join('')}---\n${texts.join('---\n')}`);
  return { written, left };
} // prettier-ignore
