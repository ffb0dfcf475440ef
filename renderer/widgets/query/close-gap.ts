/**
 * CSS cuts a text at a whole character and leaves what remains of the room empty; here the end of an elided value moves up
 * to its ellipsis. Where even the end has no room the start goes, so that the value is cut once and never behind its end.
 * One observer for all cells of a page: it measures them together, before the frame is drawn.
 */
let observer: ResizeObserver | undefined;

/** Marks a value of whose start not even a letter has room. */
const TIGHT = 'middle-tight';
/** A start that is drawn at all is at least so wide, as `.middle-long` in controls.css has it. Units: em. */
const NARROWEST = 2;

/** Keeps the element after `head` close to the ellipsis of `head`; returns how to stop. Call again when the text changes. */
export function closeGapAfter(head: HTMLElement): () => void {
  observer ??= new ResizeObserver((entries) => {
    const heads = [...new Set(entries.map(({ target }) => headOf(target)))].filter((each) => each !== undefined);
    // All reading before all writing, or every cell would be laid out anew.
    const fits = heads.map((each) => (isTight(each) ? undefined : gapOf(each)));
    for (const [index, each] of heads.entries()) {
      const gap = fits[index];
      each.parentElement?.classList.toggle(TIGHT, gap === undefined);
      const next = each.nextElementSibling;
      if (next instanceof HTMLElement) next.style.transform = gap === undefined || gap === 0 ? '' : `translateX(${String(-gap)}px)`;
    }
  });
  const watching = observer;
  // A start at its narrowest does not change with the room any more: the whole is watched, too.
  const watched = [head, head.parentElement].filter((each) => each !== null);
  for (const each of watched) watching.observe(each);
  return () => {
    for (const each of watched) watching.unobserve(each);
  };
}

function headOf(target: Element): HTMLElement | undefined {
  const head = target.classList.contains('middle-head') ? target : target.firstElementChild;
  return head instanceof HTMLElement ? head : undefined;
}

/** Whether the end is cut beside the narrowest start. A short start never goes: it stays whole, and the end is cut as any text. */
function isTight(head: HTMLElement): boolean {
  const [whole, tail] = [head.parentElement, head.nextElementSibling];
  if (whole === null || tail === null || !head.classList.contains('middle-long')) return false;
  const room = whole.classList.contains(TIGHT)
    ? whole.getBoundingClientRect().width - NARROWEST * Number.parseFloat(getComputedStyle(head).fontSize)
    : tail.getBoundingClientRect().width;
  return widthOf(tail) > room + 0.5;
}

/** What the text takes, whatever of it is shown. Units: CSS px. */
function widthOf(element: Element): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().width;
}

/** The empty room after the ellipsis. Units: CSS px, 0 when nothing is elided. */
function gapOf(head: HTMLElement): number {
  const room = head.getBoundingClientRect();
  const ellipsis = ellipsisWidth(head);
  const range = document.createRange();
  const places = [...textNodes(head)].flatMap((node) => Array.from({ length: node.length }, (_, at) => [node, at + 1] as const));
  range.setStart(head, 0);
  const widthTo = (count: number): number => {
    const place = places[count - 1];
    if (place === undefined) return 0;
    range.setEnd(...place);
    return range.getBoundingClientRect().width;
  };
  if (widthTo(places.length) <= room.width + 0.5) return 0;
  let fits = 0;
  for (let low = 0, high = places.length; low <= high;) {
    const middle = (low + high) >> 1;
    if (widthTo(middle) <= room.width - ellipsis) {
      fits = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return Math.max(0, Math.floor(room.width - ellipsis - widthTo(fits)));
}

function* textNodes(element: HTMLElement): Generator<Text> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node instanceof Text) yield node;
}

const widthOfFont = new Map<string, number>();
/** An element keeps its font for as long as it is there, and in a table that scrolls it shows many texts. */
const widthInElement = new WeakMap<HTMLElement, number>();

function ellipsisWidth(head: HTMLElement): number {
  const known = widthInElement.get(head);
  if (known !== undefined) return known;
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(head);
  if (fontFamily === '') return 0; // the element has left the page meanwhile
  const font = `${fontWeight} ${fontSize} ${fontFamily}`;
  let width = widthOfFont.get(font);
  if (width === undefined) {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return 0;
    context.font = font;
    width = context.measureText('…').width;
    // Before the font is there its stand-in is measured, which must not be remembered.
    if (document.fonts.status !== 'loaded' || !document.fonts.check(font)) return width;
    widthOfFont.set(font, width);
  }
  widthInElement.set(head, width);
  return width;
}
