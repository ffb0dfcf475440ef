import { first } from './0001-first.ts';
import { review } from './0002-review.ts';
import { inventory } from './0003-inventory.ts';
import { knowledge } from './0005-knowledge.ts';
import { signals } from './0010-signals.ts';

/** Schema changes in order; the case's `user_version` is the count of those applied. Never reordered, never edited. */
export const migrations = [first, review, inventory, knowledge, signals] as const;
