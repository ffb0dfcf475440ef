import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** One screen of the window. A new screen is a folder with `view.tsx` and one line in the registry. */
export interface View {
  /** As it stands in links: a word of lower-case letters. */
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** The key that goes there, in the syntax of commands; `Ctrl/⌘` and a digit for the first nine. */
  readonly keys?: string;
  /** True when the screen shows something of an open case; without one the frame explains and offers the start. */
  readonly needsCase: boolean;
  /** True for a screen that only links and commands lead to. */
  readonly isHidden?: boolean;
  /** Loads the screen's code when it is first shown. */
  readonly load: () => Promise<ComponentType>;
}
