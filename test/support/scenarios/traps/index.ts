import type { Trap } from '../core/incident.ts';
import { flashSale } from './flash-sale.ts';

/** All harmless oddities; every scenario has all of them. */
export const traps: readonly Trap[] = [flashSale];
