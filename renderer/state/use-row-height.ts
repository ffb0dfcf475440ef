import { usePrefs } from './prefs.ts';

/** Source: visual.md, "Space and shape". Units: CSS px. */
const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;

/** The height of a row of a large table, as dense as the analyst likes it. Units: CSS px. */
export const useRowHeight = (): number => ROW_HEIGHTS[usePrefs((prefs) => prefs.density)];
