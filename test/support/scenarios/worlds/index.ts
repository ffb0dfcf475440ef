import type { World } from '../core/world.ts';
import { clinic } from './clinic/index.ts';
import { platform } from './platform/index.ts';
import { shop } from './shop/index.ts';

/** All companies. */
export const worlds: readonly World[] = [shop, platform, clinic];
