import { AppError } from '#shared/contract/errors.ts';
import type { FileRef } from '#shared/contract/table.ts';
import { findBridge } from './bridge.ts';
import { findToken } from './token.ts';

/** A file that the analyst picked or dropped, with its name inside the dropped folder. */
export interface Incoming {
  readonly name: string;
  readonly file: File;
}

/** How much of the files has reached the engine. Units: bytes. */
export interface UploadProgress {
  readonly done: number;
  readonly total: number;
}

/** True when a drag carries files rather than text or a link. */
export const carriesFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') === true;

/**
 * The files of a drop, folders walked. Must be called before the drop event ends: the browser empties it afterwards.
 * In the desktop shell a folder stays one entry: the engine walks it itself.
 */
export async function filesFromDrop(data: DataTransfer): Promise<readonly Incoming[]> {
  if (findBridge() !== undefined) return [...data.files].map((file) => ({ name: file.name, file }));
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...data.files].map((file) => ({ name: file.name, file }));
  const found: Incoming[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: Incoming[]): Promise<void> {
  const name = entry.fullPath.replace(/^\//, '');
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    found.push({ name, file });
    return;
  }
  if (!isDirectoryEntry(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // Chromium hands a folder out in portions of at most 100; an empty one is the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) return;
    for (const child of portion) await walk(child, found);
  }
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectoryEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** Asks for files with the browser's own dialog; nothing chosen is an empty list. */
export function pickInPage(): Promise<readonly Incoming[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => {
      resolve([...(input.files ?? [])].map((file) => ({ name: file.name, file })));
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}

/**
 * Makes files known to the engine: the desktop shell grants them, a browser uploads them to the local server.
 * Errors: `unreadable` with the file's name when the server does not take it; `cancelled` on abort.
 */
export async function toFileRefs(
  files: readonly Incoming[],
  signal: AbortSignal,
  onProgress: (progress: UploadProgress) => void,
): Promise<readonly FileRef[]> {
  const bridge = findBridge();
  if (bridge !== undefined) return bridge.grantFiles(files.map(({ file }) => file));
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const refs: FileRef[] = [];
  let before = 0;
  for (const incoming of files) {
    const start = before;
    refs.push(
      await upload(incoming, signal, (sent) => {
        onProgress({ done: start + Math.min(sent, incoming.file.size), total });
      }),
    );
    before += incoming.file.size;
    onProgress({ done: before, total });
  }
  return refs;
}

/** XMLHttpRequest and not fetch, because only it tells how much of an upload has gone out. */
function upload({ name, file }: Incoming, signal: AbortSignal, onSent: (bytes: number) => void): Promise<FileRef> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new AppError('cancelled', 'the upload was cancelled'));
      return;
    }
    const request = new XMLHttpRequest();
    const onAbort = (): void => {
      request.abort();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    request.upload.onprogress = (event) => {
      onSent(event.loaded);
    };
    request.onload = () => {
      signal.removeEventListener('abort', onAbort);
      const ref = request.status === 200 || request.status === 201 ? parseRef(request.responseText) : undefined;
      if (ref === undefined) reject(new AppError('unreadable', `${name}: the local server answered ${String(request.status)}`));
      else resolve(ref);
    };
    request.onerror = () => {
      signal.removeEventListener('abort', onAbort);
      reject(new AppError('unreadable', `${name} could not be read to its end, or the local server stopped`));
    };
    request.onabort = () => {
      reject(new AppError('cancelled', 'the upload was cancelled'));
    };
    request.open('POST', `/upload?name=${encodeURIComponent(name)}`);
    request.setRequestHeader('authorization', `Bearer ${findToken() ?? ''}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function parseRef(text: string): FileRef | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not an answer of ours; the caller names the file and the status.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('id' in value) || !('name' in value) || !('bytes' in value)) return undefined;
  const { id, name, bytes } = value;
  return typeof id === 'string' && typeof name === 'string' && typeof bytes === 'number' ? { id, name, bytes } : undefined;
}
