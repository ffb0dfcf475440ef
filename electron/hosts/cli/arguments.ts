import { parseArgs } from 'node:util';
import { AppError } from '#shared/contract/errors.ts';
import type { Severity } from '#shared/contract/report-json.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import type { ExpandRequest } from '#shared/engine/ports.ts';

/** What a command line asks for, checked. */
export interface Arguments {
  readonly command: string;
  readonly positionals: readonly string[];
  /** The positionals as evidence paths, each with the `--format-as` that stood before it. */
  readonly paths: readonly ExpandRequest[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out: string | undefined;
  readonly caseFile: string | undefined;
  readonly format: string | undefined;
  readonly timezone: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly failOn: Severity | undefined;
  readonly limit: number | undefined;
  readonly port: number;
  readonly openBrowser: boolean;
  readonly why: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

const usage = (message: string): AppError => new AppError('bad-params', `${message}; see spoor --help`);

const count = (text: string | undefined, name: string, least: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw usage(`--${name} wants a whole number from ${String(least)}, not ${text}`);
  return value;
};

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
        timezone: { type: 'string' },
        only: { type: 'string' },
        'fail-on': { type: 'string' },
        limit: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        why: { type: 'string' },
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

  const words_: { value: string; format: string | undefined }[] = [];
  let format: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'format-as') format = token.value;
    if (token.kind === 'positional') words_.push({ value: token.value, format });
  }
  const [command, ...rest] = words_;
  return {
    command: command?.value ?? '',
    positionals: rest.map((word) => word.value),
    paths: rest.map((word) => ({ path: word.value, format: word.format })),
    json: values.json === true,
    quiet: values.quiet === true,
    out: values.out,
    caseFile: values.case,
    format: values.format,
    timezone: values.timezone,
    only,
    failOn: failOn as Severity | undefined,
    limit: count(values.limit, 'limit', 1),
    port: count(values.port, 'port', 0) ?? 0,
    openBrowser: values['no-open'] !== true,
    why: values.why,
    help: values.help === true,
    version: values.version === true,
  };
}
