import { AppError } from '#shared/contract/errors.ts';
import { importers } from '#shared/engine/importers/index.ts';
import { findDamage } from '../../kill/check.ts';
import { engineOver, idleContext } from '../engine-over.ts';
import type { FuzzTarget } from '../target.ts';
import { fixturesOf } from './importers.ts';

/** The formats of files that every case can be written in. */
const FORMATS = ['html', 'json', 'csv', 'inventory', 'openapi', 'revocation'] as const;
/** What only markup of our own may bring into a page: the template has none of it. */
const ACTIVE = /<(?:iframe|object|embed|form|base|link)\b|\son[a-z]+\s*=\s*["']|javascript:[^<]*["']>/i;

/** The first cell of a CSV that a spreadsheet would compute: one that begins so and is no plain number. */
function findFormula(csv: string): string | undefined {
  for (const [, quoted, plain] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r?\n|$)/g)) {
    const cell = quoted ?? plain ?? '';
    if (/^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(?:[.,]\d+)?$/.test(cell)) return cell;
  }
  return undefined;
}

function examine(format: string, text: string): void {
  if (format === 'json') JSON.parse(text);
  if (format === 'html' && ACTIVE.test(text.replaceAll(/>[^<]*</g, '><'))) throw new Error('the report has active markup');
  const formula = format === 'csv' || format === 'inventory' ? findFormula(text) : undefined;
  if (formula !== undefined) throw new Error(`a cell of the CSV is a formula: ${formula.slice(0, 80)}`);
}

/** Import, analysis and every export of changed evidence. */
export const exportsTarget: FuzzTarget = {
  id: 'exports',
  seeds: () => importers.flatMap(({ id }) => fixturesOf(id).slice(0, 1)),
  run: async (input) => {
    const { db, engine, outputs } = await engineOver({ 'evidence.bin': input });
    try {
      const damage = findDamage(db, { 'evidence.bin': input.length });
      if (damage.length > 0) throw new Error(`the case does not add up: ${damage.join('; ')}`);
      const failed: string[] = [];
      for (const format of FORMATS) {
        try {
          await engine['report.write']({ format, path: format }, idleContext);
          examine(format, outputs.get(format) ?? '');
        } catch (thrown) {
          if (!(thrown instanceof AppError)) throw thrown;
          failed.push(format);
        }
      }
      await engine['query.write']({ query: '*', format: 'csv', path: 'calls' }, idleContext);
      examine('csv', outputs.get('calls') ?? '');
      const { findings, endpoints } = JSON.parse(outputs.get('json') ?? '{}') as { findings: unknown[]; endpoints: unknown[] };
      return `${String(findings.length)} ${String(Math.ceil(Math.log2(endpoints.length + 1)))} ${failed.join(' ')}`;
    } finally {
      db.close();
    }
  },
};
