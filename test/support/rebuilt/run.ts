import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { killBundle } from '../kill/bundle.ts';
import { makeSample } from '../sample/bundle.ts';
import { hostileBundle } from '../trust/hostile-bundle.ts';

/**
 * The scorecard's row about rebuilt reports: the same bundles through import, analysis and every export, each time in a process of another
 * zone and locale; every file must be the same to the byte. `COUNT [FROM]` bundles: the first is hostile, the third plain, the rest samples of other seeds.
 * Exit code: 0 when all are the same, and the processes did write dates and numbers in different ways.
 */
const [count = '2', from = '0'] = process.argv.slice(2);
const ZONES = ['UTC', 'Pacific/Apia', 'America/St_Johns'] as const;
/** English, Turkish with its two letters i, Arabic with digits of its own. */
const LOCALES = ['en_US.UTF-8', 'tr_TR.UTF-8', 'ar_EG.UTF-8'] as const;
/** Visitors of a sample, as a share of the usual: some hundred calls. */
const SCALE = 0.1;

/** Files of a bundle by their paths; small ones, since each is read as often as there are zones and locales. */
function bundleAt(index: number): Readonly<Record<string, string>> {
  if (index === 0) return hostileBundle();
  if (index === 2) return killBundle(1);
  const { files } = makeSample({ seed: `rebuilt-${String(index)}`, scale: SCALE });
  return Object.fromEntries(files.filter(({ path }) => /[.]har$|nginx|specs/.test(path)).map(({ path, text }) => [path, text]));
}

const root = mkdtempSync(join(tmpdir(), 'spoor-bundles-'));
try {
  for (let index = Number(from); index < Number(from) + Number(count); index += 1)
    for (const [name, text] of Object.entries(bundleAt(index))) {
      const path = join(root, `bundle-${String(index)}`, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  const ways = new Set<string>();
  let first: readonly string[] | undefined;
  let differing = 0;
  for (const zone of ZONES)
    for (const locale of LOCALES) {
      const env = { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale };
      const printed = execFileSync(process.execPath, [join(import.meta.dirname, 'child.ts'), root], { env, encoding: 'utf8' });
      const [way = '', ...lines] = printed.trimEnd().split('\n');
      ways.add(way);
      first ??= lines;
      const others = lines.filter((line) => first?.includes(line) === false);
      differing += others.length + Math.abs(lines.length - first.length);
      for (const line of others) console.log(`${zone}, ${locale}: ${line.replaceAll('\t', ' ')}`);
    }
  const formats = new Set((first ?? []).map((line) => line.split('\t')[1]));
  console.log(
    `rebuilt: ${count} cases × ${String(formats.size)} formats (${String(first?.length)} files) × ${String(ZONES.length)} zones × ${String(LOCALES.length)} locales: ${String(differing)} differ; dates and numbers were written in ${String(ways.size)} ways`,
  );
  process.exitCode = differing === 0 && (first ?? []).length > 0 && ways.size === ZONES.length * LOCALES.length ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
