import { numberAt } from '../../../lib/numbers.ts';
import type { CallColumns } from './call-columns.ts';

/** One program that calls out, as one log shows it: the same text for the same log, address and program. */
export const clientInLog = (calls: Pick<CallColumns, 'source' | 'clientIp' | 'userAgent'>, at: number): string =>
  [calls.source, calls.clientIp, calls.userAgent].map((column) => numberAt(column, at)).join(' ');
