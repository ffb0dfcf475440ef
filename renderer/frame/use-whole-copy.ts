import { useEffect } from 'react';

/**
 * Copies selected text without the break that stands where a value is elided in its middle: its two halves are boxes of
 * their own, and browsers put a line feed between boxes. Evidence must come out as it is.
 */
export function useWholeCopy(): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const selection = window.getSelection();
      if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
      const fragment = selection.getRangeAt(0).cloneContents();
      if (fragment.querySelector('.middle-head, .middle-tail') === null) return;
      const copy = document.createElement('div');
      copy.className = 'whole-copy';
      copy.append(fragment);
      document.body.append(copy);
      event.clipboardData?.setData('text/plain', copy.innerText);
      event.preventDefault();
      copy.remove();
    };
    document.addEventListener('copy', onCopy);
    return () => {
      document.removeEventListener('copy', onCopy);
    };
  }, []);
}
