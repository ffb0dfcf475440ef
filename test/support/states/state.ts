import type { Page } from '@playwright/test';
import type { WireRule, WireTap } from '../wire-tap.ts';

/** Which `spoor serve` a state is looked at in: the sample, odd evidence, a case without evidence, no case at all, a case of one's own. */
export type Setting = 'sample' | 'odd' | 'empty' | 'none' | 'large';

/** One look of one screen, and how to bring it about. */
export interface ScreenState {
  /** Part of the name of its pictures. */
  readonly name: string;
  readonly setting: Setting;
  /** The place in the window, as its link has it: `#/calls?q=…`. */
  readonly place: string;
  /** What happens to the engine's answers. */
  readonly rules?: readonly WireRule[];
  /** What to do once the screen is there. */
  readonly arrange?: (page: Page, tap: WireTap) => Promise<void>;
  /** True when it never comes to rest, because something is on its way for good. */
  readonly busy?: boolean;
}
