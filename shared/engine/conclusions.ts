import type { Pass } from './passes/pass.ts';
import { leastPrivilege } from './privilege/conclude.ts';

/** CONCLUSION REGISTRY: steps that read findings and so run after the detectors, every time that these did. */
export const conclusions: readonly Pass[] = [leastPrivilege];
