/** Saves what the local server offers, as the browser saves anything: by a click on a link to this same origin. */
export function startDownload(url: string, name: string): void {
  const target = new URL(url, window.location.href);
  if (target.origin !== window.location.origin) throw new Error(`bug: a download from another origin: ${target.origin}`);
  const link = document.createElement('a');
  link.href = target.href;
  link.download = name;
  link.click();
}
