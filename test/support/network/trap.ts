import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program tried in a network of its own that leads nowhere. */
export interface Attempts {
  readonly code: number | null;
  readonly output: string;
  /** Calls of the system for an address beyond this machine, or for the daemon that looks names up; undefined where nothing traces them. */
  readonly traced: readonly string[] | undefined;
  /** Packets that the kernel was asked to send and had no way for, in the whole network: also those of a browser. */
  readonly unroutable: number;
}

const canRun = (program: string, args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false; // not there, or not allowed: a container may forbid both
  }
};

/** Why this machine cannot shut a program in; `undefined` when it can. */
export const whyNoNetworkTrap = (): string | undefined =>
  canRun('unshare', ['-rn', 'true']) ? undefined : 'no network namespaces of one’s own here (unshare -rn)';

/** Whether system calls can be traced here as well. */
export const canTrace = (): boolean => canRun('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=connect', 'true']);

/** Words for a browser that looks no names up, as the desktop app says them: what its maker lets it ask for is none of ours to count. */
export const QUIET_BROWSER: readonly string[] = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'];

/** Words that put a command under a trace of what it sends and connects to. `aside`: the command is the process that is started, not the tracer. */
export const tracedBy = (log: string, aside = false): readonly string[] => [
  'strace',
  ...(aside ? ['-D'] : []),
  '-f',
  '--seccomp-bpf',
  '-qq',
  '-e',
  'trace=connect,sendto,sendmsg,sendmmsg',
  '-o',
  log,
];

/**
 * Chromium, which prints the PDF, connects a datagram socket to a public name server to learn whether the kernel has a way for IPv6
 * (net/dns/host_resolver_manager.cc, `StartIPv6ReachabilityCheck`). It sends no packet, and no switch keeps it from asking.
 */
const isRouteQuestion = (line: string): boolean => line.includes('connect(') && line.includes('"2001:4860:4860::8888"');

/** Lines of a trace that leave this machine. Shape: IPv4 and IPv6 but for the loopback addresses; the sockets of daemons that look names up. */
export const readTrace = (log: string): readonly string[] =>
  (existsSync(log) ? readFileSync(log, 'utf8') : '')
    .split('\n')
    .filter((line) => /AF_INET6?\b|nscd|resolve\/io\.systemd/.test(line))
    .filter((line) => !isRouteQuestion(line))
    .filter((line) => !/inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.)/.test(line));

const COUNT =
  'awk \'/^Ip:/ { if (!seen) { for (i = 1; i <= NF; i++) if ($i == "OutNoRoutes") at = i; seen = 1 } else print "unroutable " $at }\' /proc/net/snmp';

/**
 * Runs a command in a network namespace of its own. Without `loopback` not even 127.0.0.1 is there.
 * Errors: none for what the command does; its exit code and what it printed are in the answer.
 */
export async function runShutIn(
  command: readonly string[],
  {
    trace,
    loopback = false,
    env = {},
  }: { readonly trace: boolean; readonly loopback?: boolean; readonly env?: Readonly<Record<string, string>> },
): Promise<Attempts> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-trap-'));
  const log = join(folder, 'trace');
  const words = trace ? [...tracedBy(log), ...command] : command;
  const script = `${loopback ? 'ip link set lo up; ' : ''}"$@"; code=$?; ${COUNT}; exit $code`;
  const child = spawn('unshare', ['-rn', '--', 'sh', '-c', script, 'sh', ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output += piece.toString('utf8');
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const counted = /^unroutable (\d+)$/m.exec(output)?.[1];
  if (counted === undefined) throw new Error(`the network's counters were not read:\n${output}`);
  const traced = trace ? readTrace(log) : undefined;
  rmSync(folder, { recursive: true });
  return { code, output, traced, unroutable: Number(counted) };
}
