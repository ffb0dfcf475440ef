import type { Incident } from '../core/incident.ts';
import { enumeration } from './enumeration.ts';

/** All ways to do harm. */
export const incidents: readonly Incident[] = [enumeration];
