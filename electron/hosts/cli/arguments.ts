import { parseArgs } from 'node:util';
import { PROFILES, type Profile } from '#shared/contract/profile.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Severity } from '#shared/contract/report-json.ts';
import { PAPERS, type Paper } from '#shared/model/cover.ts';
import { parseIsoTime } from '#shared/lib/iso-time.ts';
import { detectors } from '#shared/engine/detectors/index.ts';

/** An evidence path with what stood before it on the command line about how to read it. */
export interface PathArgument {
  readonly path: string;
  readonly format: string | undefined;
  readonly zone: string | undefined;
  readonly logFormat: string | undefined;
  /** File that holds a mapping. */
  readonly mapping: string | undefined;
  readonly headerNames: readonly string[] | undefined;
  readonly encoding: 'windows-1252' | undefined;
  readonly year: number | undefined;
}

/** What a command line asks for, checked. */
export interface Arguments {
  readonly command: string;
  readonly positionals: readonly string[];
  /** The positionals as evidence paths. */
  readonly paths: readonly PathArgument[];
  /** Reads anew what the case holds already. */
  readonly replace: boolean;
  /** What kind of knowledge a file holds. */
  readonly as: string | undefined;
  /** Name of the knowledge to take out of the case. */
  readonly remove: string | undefined;
  /** A head of the audit log that was kept outside of the case. */
  readonly anchor: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out: string | undefined;
  readonly caseFile: string | undefined;
  readonly format: string | undefined;
  /** The zone for all paths; `undefined` when paths have zones of their own. */
  readonly timezone: string | undefined;
  readonly only: readonly string[] | undefined;
  /** Whom a report or export is made for. */
  readonly profile: Profile;
  /** What a report is printed on; that of the case when not said. */
  readonly paper: Paper | undefined;
  /** Files that a case came from, to be hashed again for its report. */
  readonly evidence: readonly string[];
  /** `FROM..TO`: the earlier window of a comparison, and the later one. */
  readonly window: string | undefined;
  readonly against: string | undefined;
  readonly failOn: Severity | undefined;
  /** Until when the evidence tells what is usual, and from when the incident runs. Units: epoch µs. */
  readonly baselineUntil: number | undefined;
  readonly incidentFrom: number | undefined;
  /** Ask all rules once more with an earlier part of the evidence as what is usual. */
  readonly secondLook: boolean;
  readonly limit: number | undefined;
  readonly port: number;
  readonly openBrowser: boolean;
  readonly why: string | undefined;
  /** Files whose first line opens the case, and the second one where a command takes two; `-` is standard input. */
  readonly passphraseFiles: readonly string[];
  readonly newPassphraseFile: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

/** Options that say how the paths behind them are read. */
const OF_PATHS = new Set(['format-as', 'log-format', 'mapping', 'header-names', 'encoding', 'year']);

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

const usage = (message: string): AppError => new AppError('bad-params', `${message}; see spoor --help`);

const count = (text: string | undefined, name: string, least: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw usage(`--${name} wants a whole number from ${String(least)}, not ${text}`);
  return value;
};

/** A moment in UTC unless it names a zone. Units: epoch µs. */
function timeOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseIsoTime(text, 0);
  if (typeof parsed === 'string') throw usage(`--${name} wants a time such as 2026-10-01T12:00:00Z, not ${text}`);
  return parsed.time;
}

function encodingOf(text: string | undefined): 'windows-1252' | undefined {
  if (text !== undefined && text !== 'windows-1252') throw usage(`--encoding wants windows-1252, not ${text}; Unicode is told by itself`);
  return text;
}

function profileOf(text: string | undefined): Profile {
  const profile = PROFILES.find((known) => known === (text ?? 'internal'));
  if (profile === undefined) throw usage(`--profile wants one of ${PROFILES.join(', ')}, not ${text ?? ''}`);
  return profile;
}

function paperOf(text: string | undefined): Paper | undefined {
  const paper = PAPERS.find((known) => known === text);
  if (text !== undefined && paper === undefined) throw usage(`--paper wants ${PAPERS.join(' or ')}, not ${text}`);
  return paper;
}

function toPath(path: string, held: (name: string) => string | undefined): PathArgument {
  return {
    path,
    format: held('format-as'),
    zone: held('timezone'),
    logFormat: held('log-format'),
    mapping: held('mapping'),
    headerNames: held('header-names')?.split(','),
    encoding: encodingOf(held('encoding')),
    year: count(held('year'), 'year', 1970),
  };
}

/** Reads the words after `spoor`. Errors: AppError `bad-params` for what is not understood. */
export function readArguments(words: readonly string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...words],
      allowPositionals: true,
      tokens: true,
      options: {
        json: { type: 'boolean' },
        quiet: { type: 'boolean', short: 'q' },
        out: { type: 'string', short: 'o' },
        case: { type: 'string' },
        format: { type: 'string' },
        'format-as': { type: 'string', multiple: true },
        timezone: { type: 'string', multiple: true },
        'log-format': { type: 'string', multiple: true },
        mapping: { type: 'string', multiple: true },
        'header-names': { type: 'string', multiple: true },
        encoding: { type: 'string', multiple: true },
        year: { type: 'string', multiple: true },
        replace: { type: 'boolean' },
        as: { type: 'string' },
        remove: { type: 'string' },
        anchor: { type: 'string' },
        only: { type: 'string' },
        profile: { type: 'string' },
        paper: { type: 'string' },
        evidence: { type: 'string', multiple: true },
        'fail-on': { type: 'string' },
        'baseline-until': { type: 'string' },
        'incident-from': { type: 'string' },
        'second-look': { type: 'boolean' },
        window: { type: 'string' },
        with: { type: 'string' },
        limit: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        why: { type: 'string' },
        'passphrase-file': { type: 'string', multiple: true },
        'new-passphrase-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new AppError('bad-params', cause instanceof Error ? cause.message : String(cause), {}, { cause });
  }
  const { values, tokens } = parsed;
  const failOn = values['fail-on'];
  if (failOn !== undefined && !SEVERITIES.includes(failOn as Severity))
    throw usage(`--fail-on wants one of ${SEVERITIES.join(', ')}, not ${failOn}`);

  const only = values.only?.split(',').filter((id) => id !== '');
  const unknown = only?.find((id) => !detectors.some((detector) => detector.id === id));
  if (unknown !== undefined) throw usage(`--only knows ${detectors.map((detector) => detector.id).join(', ')}, not ${unknown}`);

  const paths: PathArgument[] = [];
  // An option holds for the paths that follow, until it comes again; without a value it holds no longer.
  const held = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'option' && token.value === '') held.delete(token.name);
    else if (token.kind === 'option' && token.value !== undefined) held.set(token.name, token.value);
    if (token.kind === 'positional') paths.push(toPath(token.value, (name) => held.get(name)));
  }
  const last = tokens.findLastIndex(({ kind }) => kind === 'positional');
  const late = tokens.slice(last + 1).find((token) => token.kind === 'option' && OF_PATHS.has(token.name));
  if (late?.kind === 'option') throw usage(`--${late.name} counts for the paths that follow it, and none does`);
  const [command, ...rest] = paths;
  return {
    command: command?.path ?? '',
    positionals: rest.map(({ path }) => path),
    paths: rest,
    replace: values.replace === true,
    as: values.as,
    remove: values.remove,
    anchor: values.anchor,
    json: values.json === true,
    quiet: values.quiet === true,
    out: values.out,
    caseFile: values.case,
    format: values.format,
    // One that stands behind the paths is meant for them all.
    timezone: rest.some(({ zone }) => zone !== undefined) ? undefined : values.timezone?.at(-1),
    only,
    profile: profileOf(values.profile),
    paper: paperOf(values.paper),
    evidence: values.evidence ?? [],
    window: values.window,
    against: values.with,
    failOn: failOn as Severity | undefined,
    baselineUntil: timeOf(values['baseline-until'], 'baseline-until'),
    incidentFrom: timeOf(values['incident-from'], 'incident-from'),
    secondLook: values['second-look'] === true,
    limit: count(values.limit, 'limit', 1),
    port: count(values.port, 'port', 0) ?? 0,
    openBrowser: values['no-open'] !== true,
    why: values.why,
    passphraseFiles: values['passphrase-file'] ?? [],
    newPassphraseFile: values['new-passphrase-file'],
    help: values.help === true,
    version: values.version === true,
  };
}
