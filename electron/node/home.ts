import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { RecentCase } from '#shared/contract/table.ts';
import { OUTCOMES, type Outcome } from '#shared/model/outcome.ts';
import { caseIndex } from './case-index.ts';
import { isEncrypted } from './encryption/case-key.ts';

/** Where cases are kept: `SPOOR_HOME`, else the platform's place for application data. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment['SPOOR_HOME'];
  if (given !== undefined && given !== '') return given;
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Spoor');
  if (platform() === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Spoor');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'spoor');
}

/** The folder of cases on this machine. Ids are file names inside it; a page never sees a path. */
export interface CaseFolder {
  readonly cases: string;
  /** Exports and dropped files on their way; emptied when the host starts and ends. */
  readonly spool: string;
  list(): readonly RecentCase[];
  find(id: string): RecentCase | undefined;
  pathOf(id: string): string;
  /** A free file name for a new case of this title. */
  newId(title: string): string;
  /** Remembers the title that a case has inside; `undefined` forgets it. */
  remember(id: string, title: string | undefined): void;
  /** Remembers what the incident of a case came to. */
  rememberOutcome(id: string, outcome: Outcome | undefined): void;
}

/** Most letters of a title that go into a file name. */
const NAME_LENGTH = 60;

/** A title as a file name that every system takes. */
export function toFileName(title: string): string {
  const safe = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, NAME_LENGTH);
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? 'case' : safe;
}

/** Whether the system lets us write the case and beside it, where the log of its changes goes. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false; // it says no, whatever the reason
  }
}

/** Size of a case with the log beside it, where what was written last stands until it is folded in. Units: bytes. */
export const bytesOf = (path: string): number =>
  [path, `${path}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);

/** Opens the folder, making it when it is not there. */
export function openCaseFolder(home: string): CaseFolder {
  const cases = join(home, 'cases');
  const spool = join(home, 'spool');
  mkdirSync(cases, { recursive: true, mode: 0o700 });
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  const titles = caseIndex(join(home, 'titles.json'));
  const outcomes = caseIndex(join(home, 'outcomes.json'));
  const describe = (id: string, known: Readonly<Record<string, unknown>>, ended: Readonly<Record<string, unknown>>): RecentCase => {
    const stat = statSync(join(cases, id));
    const title = Object.hasOwn(known, id) ? known[id] : undefined;
    const outcome = OUTCOMES.find((each) => Object.hasOwn(ended, id) && each === ended[id]);
    return {
      id,
      title: typeof title === 'string' && title !== '' ? title : id.replace(/\.spoor$/, ''),
      file: id,
      bytes: bytesOf(join(cases, id)),
      modified: stat.mtime.toISOString(),
      ...(isEncrypted(join(cases, id)) ? { encrypted: true as const } : {}),
      ...(outcome === undefined ? {} : { outcome }),
      ...(isWritable(join(cases, id)) ? {} : { readOnly: 'read-only' as const }),
    };
  };
  const isId = (id: string): boolean => basename(id) === id && id.endsWith('.spoor') && existsSync(join(cases, id));

  return {
    cases,
    spool,
    list() {
      const [known, ended] = [titles.all(), outcomes.all()];
      return readdirSync(cases)
        .filter((name) => name.endsWith('.spoor'))
        .map((id) => describe(id, known, ended))
        .sort((a, b) => (a.modified < b.modified ? 1 : a.modified > b.modified ? -1 : a.id.localeCompare(b.id, 'en')));
    },
    find: (id) => (isId(id) ? describe(id, titles.all(), outcomes.all()) : undefined),
    pathOf: (id) => join(cases, basename(id)),
    newId(title) {
      const name = toFileName(title);
      for (let copy = 1; ; copy++) {
        const id = `${name}${copy === 1 ? '' : `-${String(copy)}`}.spoor`;
        if (!existsSync(join(cases, id))) return id;
      }
    },
    remember: titles.remember,
    rememberOutcome: outcomes.remember,
  };
}
