import type { Control } from '../control.ts';

const MINUTE = 60_000_000;

/** Tokens that end some minutes after they were issued, and are not renewed by whoever holds them. */
export const tokenLifetime = (minutes: number): Control => ({
  id: `lifetime-${String(minutes)}`,
  prepare: ({ calls, issuedAt }) => {
    let known = false;
    for (let index = 0; index < calls.count && !known; index += 1) known = issuedAt(calls.credential[index] ?? 0) !== undefined;
    if (!known) return undefined;
    return {
      title: `token lifetime ${minutes < 120 ? `${String(minutes)} min` : `${String(minutes / 60)} h`}`,
      assumes:
        'Nobody renews. The rightful holder can: its calls with an older token would have needed a new one first. A credential that does not say when it was issued counts from its first use.',
      judge: (index) => {
        const time = calls.time[index] ?? NaN;
        const issued = issuedAt(calls.credential[index] ?? 0);
        if (issued === undefined || Number.isNaN(time)) return 'unknown';
        if (time - issued.time > minutes * MINUTE) return 'block';
        // Not older than this by its first use, but it may have been issued long before.
        return issued.stated ? 'pass' : 'unknown';
      },
    };
  },
});
