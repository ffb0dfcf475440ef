/** Puts a text on the clipboard. Errors: none; `false` where the clipboard is not to be had. */
export const copyText = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
