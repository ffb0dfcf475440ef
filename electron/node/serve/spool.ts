import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileRef } from '#shared/contract/table.ts';

/** A file that a page may fetch by an unguessable name. */
export interface Blob {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  /** Shown in a frame, or handed to the browser to save. */
  readonly disposition: 'inline' | 'attachment';
}

/** Files that the analyst gave us, and files that we made for the page; both by token, never by path. */
export interface Spool {
  /** A token for a file that the analyst picked or dropped. `name` is its name in the case. */
  grant(path: string, name: string): FileRef;
  /** Takes a token back, and deletes the file where it is a copy that lies in the spool. False when there was none. */
  release(id: string): boolean;
  granted(id: string): { readonly path: string; readonly name: string } | undefined;
  /** A fresh path for an upload or an export. */
  newPath(extension: string): string;
  publish(blob: Blob): string;
  blob(id: string): Blob | undefined;
  /** Deletes everything that lies in the spool. */
  empty(): void;
}

const token = (): string => randomBytes(16).toString('hex');

/** A spool in `folder`, which is made anew and empty. */
export function createSpool(folder: string): Spool {
  const own = join(folder, token());
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const grants = new Map<string, { readonly path: string; readonly name: string }>();
  const blobs = new Map<string, Blob>();
  return {
    grant(path, name) {
      const id = token();
      grants.set(id, { path, name });
      return { id, name, bytes: statSync(path).size };
    },
    release(id) {
      const granted = grants.get(id);
      if (granted === undefined) return false;
      grants.delete(id);
      // Never the analyst's own file: only what was copied here.
      if (dirname(granted.path) === own) rmSync(granted.path, { force: true });
      return true;
    },
    granted: (id) => grants.get(id),
    newPath: (extension) => join(own, `${token()}${extension === '' ? '' : `.${basename(extension)}`}`),
    publish(blob) {
      const id = token();
      blobs.set(id, blob);
      return `/blob/${id}`;
    },
    blob: (id) => blobs.get(id),
    empty() {
      rmSync(own, { recursive: true, force: true });
    },
  };
}
