import { rename, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { AppError } from '#shared/contract/errors.ts';
import { isJsonObject } from '#shared/lib/json.ts';
import { findChromium, startBrowser, type OwnBrowser } from './browser.ts';
import { textOf, type DevtoolsPipe } from './devtools-pipe.ts';
import { printNumbered } from './pages.ts';
import { toStablePdf } from './stable-pdf.ts';

/** A report of 2,000 annex rows prints in about 5 s; what takes this long will not end well. Units: ms. */
export const DEADLINE = 60_000;
/** Largest piece of the PDF in one message. Units: bytes. */
const PIECE = 1024 * 1024;
/** ISO 216 A4. Units: inches, as DevTools takes them. */
const A4 = { paperWidth: 210 / 25.4, paperHeight: 297 / 25.4 };

/** True when this machine has a browser that can print. */
export const canPrintPdf = (): boolean => findChromium() !== undefined;

async function readStream(devtools: DevtoolsPipe, handle: string, session: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = await devtools.send('IO.read', { handle, size: PIECE }, session);
    pieces.push(Buffer.from(textOf(piece, 'data'), piece['base64Encoded'] === true ? 'base64' : 'utf8'));
    if (piece['eof'] === true) return Buffer.concat(pieces);
  }
}

/** Loads the page with scripts and network off, and prints it tagged and outlined, on A4 unless its style says another paper. */
async function printPage(devtools: DevtoolsPipe, htmlPath: string): Promise<Buffer> {
  const target = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const attached = await devtools.send('Target.attachToTarget', { targetId: textOf(target, 'targetId'), flatten: true });
  const session = textOf(attached, 'sessionId');
  await devtools.send('Emulation.setScriptExecutionDisabled', { value: true }, session);
  await devtools.send('Network.enable', {}, session);
  await devtools.send('Network.setBlockedURLs', { urls: ['http://*', 'https://*', 'ws://*', 'wss://*', 'ftp://*'] }, session);
  await devtools.send('Page.enable', {}, session);
  const open = async (): Promise<void> => {
    const why = textOf(await devtools.send('Page.navigate', { url: pathToFileURL(htmlPath).href }, session), 'errorText');
    if (why !== '') throw new Error(`could not open ${htmlPath}: ${why}`);
  };
  // The empty first page fires its own load event, sometimes after `Page.enable`: only one that follows our page's arrival counts.
  let arrived = false;
  const loaded = devtools.until(session, (event, { frame }) => {
    if (event === 'Page.frameNavigated' && isJsonObject(frame) && frame['url'] !== 'about:blank') arrived = true;
    return arrived && event === 'Page.loadEventFired';
  });
  await Promise.all([loaded, open()]);
  const printed = await devtools.send(
    'Page.printToPDF',
    {
      ...A4,
      // A report that chose its paper says so in its style.
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      transferMode: 'ReturnAsStream',
    },
    session,
  );
  return readStream(devtools, textOf(printed, 'stream'), session);
}

/** Starts the browser in its own sandbox; where the system does not let it (root, some containers), without. */
async function startAnyhow(path: string): Promise<OwnBrowser> {
  // Chromium refuses to run as root in its sandbox.
  if (process.getuid?.() === 0) return startBrowser(path, false);
  try {
    return await startBrowser(path, true);
  } catch {
    // The page is our own, holds no script, and scripts are off: the sandbox is a third line here, not the first.
    return startBrowser(path, false);
  }
}

/**
 * Prints an HTML file to a PDF with an installed Chromium: tagged, with an outline, its contents with page numbers. The same page and browser give the
 * same bytes. The PDF is complete under its name or absent.
 * Errors: AppError `unavailable` when there is no browser, it does not start, or one of its two prints is not done in 60 s.
 */
export async function printPdf(htmlPath: string, pdfPath: string): Promise<void> {
  const path = findChromium();
  if (path === undefined)
    throw new AppError('unavailable', 'no Chromium or Chrome was found to print the PDF with; CHROMIUM_PATH can name one');
  const browser = await startAnyhow(path);
  const deadline = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Each print has the whole time: the second one takes as long as the first.
  const print = (page: string): Promise<Buffer> => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      deadline.abort();
      void browser.close();
    }, DEADLINE);
    return printPage(browser.devtools, page);
  };
  const partial = `${pdfPath}.partial`;
  try {
    const pdf = await printNumbered(htmlPath, `${pdfPath}.numbered.html`, print);
    await writeFile(partial, toStablePdf(pdf), { mode: 0o600 });
    await rename(partial, pdfPath);
  } catch (cause) {
    await rm(partial, { force: true });
    const why = deadline.signal.aborted
      ? `was not done within ${String(DEADLINE / 1000)} s`
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw new AppError('unavailable', `the PDF could not be printed: ${path} ${why}`, {}, { cause });
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
