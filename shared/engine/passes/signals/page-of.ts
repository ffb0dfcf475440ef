/** Parameters by which APIs ask for a page by its number or first row. */
const PAGE_PARAMETER =
  /(?:^|[&;])(?:page|p|pg|page_?(?:number|index|no)|offset|skip|start|start_?(?:index|row|at)|from_?row|\$skip)=(\d{1,12})(?=$|[&;])/i;
/** Parameters that hold a mark of the page before. */
const CURSOR_PARAMETER =
  /(?:^|[&;])(?:cursor|after|page_?token|next_?(?:token|page|cursor)|continuation(?:_?token)?|starting_after|marker|scroll_?id|\$skiptoken)=([^&;]+)/i;

/** A page that is told by a mark has no number; each new mark counts as one further. */
export const BY_CURSOR = -1;

/** The page that a query asks for: its number, `BY_CURSOR`, or NaN when it asks for none. Example: `limit=50&page=3` gives 3. */
export function readPage(query: string | undefined): number {
  if (query === undefined || query === '') return NaN;
  const numbered = PAGE_PARAMETER.exec(query)?.[1];
  if (numbered !== undefined) return Number(numbered);
  return CURSOR_PARAMETER.test(query) ? BY_CURSOR : NaN;
}
