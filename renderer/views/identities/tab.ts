import type { ComponentType } from 'react';

/** One tab of the Identities screen. A new tab is a folder with `tab.tsx` and one line in the registry. */
export interface IdentitiesTab {
  /** As it stands in links, `tab=…`: a word of lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** Loads the tab's code when it is first shown. */
  readonly load: () => Promise<ComponentType>;
}
