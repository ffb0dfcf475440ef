import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { killBundle } from '../kill/bundle.ts';

/** What a process asked of the disk, in order. `file` is the name within the folder that was recorded. */
export type DiskEvent =
  | { readonly kind: 'write'; readonly file: string; readonly at: number | undefined; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string }
  | { readonly kind: 'remove'; readonly file: string }
  /** The process told its user that something is done. */
  | { readonly kind: 'acknowledged'; readonly what: string };

/** Longest piece that one system call may write and the trace must hold. Units: bytes. */
const MOST = 4_000_000;
/** Lines of the evidence's logs: enough for several checkpoints, few enough for a trace of some megabytes. */
const LINES = 400;

const unescape = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** Reads one line of a trace; `undefined` when it is about something else. Source: `strace(1)`, `-y -xx`; names and data in hexadecimal. */
function readLine(line: string, folder: string): DiskEvent | undefined {
  const call = /^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)$/s.exec(line);
  if (call === null) return undefined;
  const [, name = '', rest = ''] = call;
  const strings = [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => unescape(text));
  const within = (path: string | undefined): string | undefined => (path?.startsWith(`${folder}/`) === true ? path.slice(folder.length + 1) : undefined);
  const opened = /^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>/.exec(rest)?.[1] ?? '';
  const file = within(opened.includes('\\x') ? unescape(opened).toString() : opened);
  if (name === 'write' && rest.startsWith('1<')) {
    const said = /^ACK (.*)\n$/.exec(strings[0]?.toString() ?? '');
    return said === null ? undefined : { kind: 'acknowledged', what: said[1] ?? '' };
  }
  if (name === 'rename') {
    const [from, to] = strings.map((each) => within(each.toString()));
    return from === undefined || to === undefined ? undefined : { kind: 'rename', file: from, to };
  }
  if (name === 'unlink') {
    const gone = within(strings[0]?.toString());
    return gone === undefined ? undefined : { kind: 'remove', file: gone };
  }
  if (file === undefined) return undefined;
  if (name === 'pwrite64') return { kind: 'write', file, at: Number(/, (\d+)(?:\)| <unfinished)/.exec(rest.slice(rest.lastIndexOf('"')).replace(/^", \d+/, ''))?.[1]), bytes: strings[0] ?? Buffer.alloc(0) };
  if (name === 'write') return { kind: 'write', file, at: undefined, bytes: strings[0] ?? Buffer.alloc(0) };
  if (name === 'ftruncate') return { kind: 'truncate', file, size: Number(/, (\d+)/.exec(rest)?.[1]) };
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'sync', file };
  return undefined;
} // prettier-ignore

/** Records what a work process asks of the disk while it imports, takes notes, exports and analyses; the case is encrypted with a key. Needs strace. */
export function recordWriter(notes: number, key?: CaseKey): readonly DiskEvent[] {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-power-'));
  try {
    const evidence = join(folder, 'evidence');
    mkdirSync(evidence);
    for (const [name, text] of Object.entries(killBundle(1))) writeFileSync(join(evidence, name), text.split('\n').slice(0, LINES).join('\n'));
    const log = join(folder, 'trace');
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('strace', ['-f', '--seccomp-bpf', '-qq', '-y', '-xx', '-s', String(MOST), '-e', 'trace=write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink', '-o', log, process.execPath, join(import.meta.dirname, 'writer.ts'), disk, evidence, String(notes), ...(key === undefined ? [] : [Buffer.from(key).toString('hex')])], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: disk, SQLITE_TMPDIR: disk } });
    const events: DiskEvent[] = [];
    for (const line of readFileSync(log, 'latin1').split('\n')) {
      const event = readLine(line, disk);
      if (event !== undefined) events.push(event);
    }
    return events;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} // prettier-ignore
