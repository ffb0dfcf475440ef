import type { Page } from '@playwright/test';

/**
 * Targets of the pointer that are smaller than 24 by 24 and have another one too near: WCAG 2.2, 2.5.8. A link within a
 * sentence is exempt, as is what is drawn by the browser itself.
 * Shape:  one line per fault, empty when there is none.
 */
export const findSmallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const LEAST = 24;
    const selector =
      'a[href], button:not(:disabled), input:not([type="hidden"]), select, textarea, summary, [role="option"], [role="menuitemradio"], [role="tab"], [role="slider"]';
    const isSeen = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) return false;
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return top !== null && (element.contains(top) || top.contains(element));
    };
    /** A link that shares its line with text of the sentence around it. */
    const isInSentence = (element: Element): boolean => {
      if (getComputedStyle(element).display !== 'inline') return false;
      const siblings = [...(element.parentElement?.childNodes ?? [])];
      return siblings.some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim().length > 1);
    };
    /** A mark of a picture that keys pass over: the table beside it leads to the same place (2.5.8, "equivalent"). */
    const isMark = (element: Element): boolean => element.closest('svg') !== null && element.getAttribute('tabindex') === '-1';
    const targets = [...document.querySelectorAll(selector)]
      .filter((element) => isSeen(element) && !isMark(element))
      .map((element) => {
        // What a label wraps is pressed by the label.
        const pressed = element.closest('label') ?? element;
        const box = pressed.getBoundingClientRect();
        return { element, box, x: box.left + box.width / 2, y: box.top + box.height / 2 };
      });
    const isSmall = ({ box }: { readonly box: DOMRect }): boolean => box.width < LEAST - 0.5 || box.height < LEAST - 0.5;
    /** How far a point is from a box; 0 inside. */
    const distance = (x: number, y: number, box: DOMRect): number =>
      Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    const faults: string[] = [];
    for (const one of targets) {
      if (!isSmall(one) || isInSentence(one.element)) continue;
      const near = targets.find((other) => {
        if (other === one || other.element.contains(one.element) || one.element.contains(other.element)) return false;
        return isSmall(other) ? Math.hypot(one.x - other.x, one.y - other.y) < LEAST : distance(one.x, one.y, other.box) < LEAST / 2;
      });
      if (near === undefined) continue;
      const name = (element: Element): string =>
        `${element.tagName.toLowerCase()}.${element.classList[0] ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent).slice(0, 30)}"`;
      faults.push(
        `${name(one.element)} ${String(Math.round(one.box.width))}×${String(Math.round(one.box.height))} beside ${name(near.element)}`,
      );
    }
    return faults;
  });

/** How far the page itself can be scrolled: nothing, in a window whose parts scroll on their own. Units: CSS px. */
export const findPageOverflow = (page: Page): Promise<{ readonly wide: number; readonly tall: number }> =>
  page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    tall: document.documentElement.scrollHeight - window.innerHeight,
  }));

/** Elements that reach out of the window to the right without a part around them that scrolls or cuts with an ellipsis. */
export const findCutText = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const faults = new Set<string>();
    for (const element of document.querySelectorAll('main *, header *, footer *, [role="dialog"] *')) {
      // Pictures are larger than their frame and are moved within it.
      if (!(element instanceof HTMLElement) || element.childElementCount > 0 || element.textContent.trim() === '') continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      const style = getComputedStyle(element);
      if (style.clipPath !== 'none' || style.position === 'fixed') continue;
      for (let parent: HTMLElement | null = element; parent !== null; parent = parent.parentElement) {
        const around = getComputedStyle(parent);
        if (around.textOverflow === 'ellipsis' || around.clipPath !== 'none' || /auto|scroll/.test(around.overflowX)) break;
        const frame = parent.getBoundingClientRect();
        if (around.overflowX !== 'visible' && box.right > frame.right + 1.5) {
          faults.add(`${element.className || element.tagName} "${element.textContent.slice(0, 30)}" in .${parent.className}`);
          break;
        }
      }
    }
    return [...faults].slice(0, 8);
  });
