/** What a screen shows of counts and marks. */
export interface NumbersShown {
  /** Columns with a count that is neither a link nor a button, by their heads. */
  readonly plain: readonly string[];
  /** Classes of the marks of pictures that nothing happens to. */
  readonly marks: readonly string[];
  /** Links to calls whose text is a count of calls. */
  readonly links: readonly { readonly says: string; readonly href: string }[];
}

/** Runs inside the page. Reads what React was told of an element, too: a click may be heard far above it. */
export function readNumbers(): NumbersShown {
  const main = document.querySelector('main');
  if (main === null) throw new Error('no screen');
  const acts = 'a[href], button, summary, [role="button"], [role="tab"], [role="option"], [role="slider"]';
  const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
  const isHeard = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null && at !== main; at = at.parentElement) {
      const key = Object.keys(at).find((name) => name.startsWith('__reactProps$'));
      const props = key === undefined ? {} : (at as unknown as Record<string, Record<string, unknown>>)[key];
      if (props?.['onClick'] !== undefined || props?.['onPointerDown'] !== undefined) return true;
    }
    return false;
  };
  const textOf = (element: Element | null | undefined): string => element?.textContent.trim() ?? '';
  const isCount = (element: Element): boolean => /^[1-9][\d\u2009]*$/.test(textOf(element));
  const headOf = (cell: Element): string =>
    cell instanceof HTMLTableCellElement
      ? textOf(cell.closest('table')?.tHead?.rows[0]?.cells[cell.cellIndex])
      : textOf(
          cell
            .closest('[role="grid"], [role="treegrid"]')
            ?.querySelector(`[role="columnheader"][data-column="${cell.getAttribute('data-column') ?? ''}"]`),
        );
  const cells = [...main.querySelectorAll('td, [role="gridcell"]')].filter((cell) => isShown(cell) && isCount(cell));
  const plain = cells.filter((cell) => cell.querySelector(acts) === null && cell.closest(acts) === null).map(headOf);
  const marks = [...main.querySelectorAll('svg:not([aria-hidden="true"], .lucide) :is(rect, circle, path, line, polygon)')]
    .filter((mark) => isShown(mark) && mark.closest(acts) === null && !isHeard(mark))
    .map((mark) => mark.getAttribute('class') ?? '');
  const links = [...main.querySelectorAll('a[href^="#/calls?"]')].map((link) => ({
    says: textOf(link),
    href: link.getAttribute('href') ?? '',
    title: link.getAttribute('title') ?? '',
  }));
  return {
    plain: [...new Set(plain)],
    marks: [...new Set(marks)],
    links: links.filter(({ says, title }) => /^[\d\u2009]+(?: calls?)?$/.test(says) && !title.includes('may have')),
  };
}
