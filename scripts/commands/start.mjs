// Opens the workbench: in Electron where its binary can be had and can start, else, saying why, in the local browser.
import { at, callerFolder } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';
import { ensureElectron } from '../setup/electron.mjs';

/** An Electron that ends with an error this soon did not open a window. Units: ms. */
const AT_ONCE = 5000;
const paths = process.argv.slice(2);

const serve = (why) => {
  console.error(`${why}. Opening the workbench in the local browser instead.`);
  return run(process.execPath, [at('out/cli/spoor.js'), 'serve', '--why', why, '--', ...paths], { cwd: callerFolder });
};

await ensureBuild();
if (paths.some((path) => path === '--help' || path === '-h')) {
  // What stands after `npm start --` are paths; whoever asks for help means the command line's.
  process.exit(await run(process.execPath, [at('out/cli/spoor.js'), '--help'], { cwd: callerFolder }));
}
const electron = await ensureElectron(process.execPath);
if (electron.path === undefined) process.exitCode = await serve(electron.why);
else {
  const started = performance.now();
  const code = await run(electron.path, [at(), ...paths], { cwd: callerFolder });
  const failed = code !== 0 && code !== 130 && performance.now() - started < AT_ONCE;
  process.exitCode = failed ? await serve(`Electron ended at once with exit code ${code}`) : code;
}
