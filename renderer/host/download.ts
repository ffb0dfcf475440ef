/** Saves what the local server offers, as the browser saves anything: by a click on a link to this same origin. */
export function startDownload(url: string, name: string): void {
  const target = new URL(url, window.location.href);
  if (target.origin !== window.location.origin) throw new Error(`bug: a download from another origin: ${target.origin}`);
  const link = document.createElement('a');
  link.href = target.href;
  link.download = name;
  link.click();
}

/** Saves a text that this page made itself: a mapping, say. */
export function saveText(text: string, name: string): void {
  saveBlob(new Blob([text], { type: 'application/json' }), name);
}

/** Saves what this page made itself: a picture, say. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  startDownload(url, name);
  // The browser takes the text when the click is handled, which is before the next task.
  window.setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 0);
}
