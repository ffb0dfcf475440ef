import { run } from './run.mjs';

/** Runs npm: the very npm that called us where it says so, else the one on PATH. Its chatter goes to standard error. */
export const npm = (node, args, options) => {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return run(node, [cli, ...args], { ...options, output: 'stderr' });
  // Windows starts npm.cmd only through its shell; the arguments are ours, none comes from outside.
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], { ...options, output: 'stderr' });
  return run('npm', args, { ...options, output: 'stderr' });
};
