import { z } from 'zod';

/** What the desktop shows of a window's background work beside the app's icon. */
export const taskbarProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).strict(),
  /** Work whose extent is not known yet. */
  z.object({ kind: z.literal('unknown') }).strict(),
  /** `share`: of all of it that is done, 0 … 1. */
  z.object({ kind: z.literal('share'), share: z.number().min(0).max(1), paused: z.boolean() }).strict(),
]);

export type TaskbarProgress = Readonly<z.infer<typeof taskbarProgress>>;
