import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Blob as SpoolBlob } from '#electron/node/serve/spool.ts';
import { blobHeaders, contentSecurityPolicy, loadStaticFiles, plainHeaders, withNonce } from '#electron/node/serve/static-files.ts';
import { protocol, type CustomScheme } from 'electron';

/** Where the page lives. */
export const PAGE_URL = 'spoor://app/';

/** The one scheme that pages load from; it has an origin and a secure context, and nothing more. */
export const SCHEME_PRIVILEGES: CustomScheme = { scheme: 'spoor', privileges: { standard: true, secure: true, supportFetchAPI: true } };

export interface AppProtocol {
  /** Gives an address under which one HTML file of ours can be loaded, until `withdraw` is called. */
  readonly serveOnce: (path: string) => { readonly url: string; readonly withdraw: () => void };
}

interface Sources {
  readonly pageFolder: string;
  readonly blob: (id: string) => SpoolBlob | undefined;
}

const notFound = (): Response => new Response('not found', { status: 404, headers: { ...plainHeaders, 'content-type': 'text/plain' } });

/**
 * Serves the page, its parts, and what was published for it, from an allow-list of addresses: no request ever becomes a
 * path on disk, so there is nothing to climb out of.
 */
export function handleAppProtocol({ pageFolder, blob }: Sources): AppProtocol {
  const files = loadStaticFiles(pageFolder);
  const printing = new Map<string, string>();

  const answerBlob = async (id: string): Promise<Response> => {
    const found = blob(id);
    if (found === undefined) return notFound();
    return new Response(await readFile(found.path), { headers: blobHeaders(found.disposition, found.name, found.type) });
  };

  const answerPrint = async (id: string): Promise<Response> => {
    const path = printing.get(id);
    if (path === undefined) return notFound();
    return new Response(await readFile(path), { headers: blobHeaders('inline', 'report.html', 'text/html; charset=utf-8') });
  };

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (url.host !== 'app' || request.method !== 'GET') return notFound();
    const file = files.get(url.pathname);
    if (file !== undefined) {
      const nonce = randomBytes(16).toString('base64');
      const isPage = file.type.startsWith('text/html');
      const headers = { ...plainHeaders, 'content-type': file.type, 'content-security-policy': contentSecurityPolicy(nonce, '') };
      return new Response(new Uint8Array(isPage ? withNonce(file.body, nonce) : file.body), { headers });
    }
    if (url.pathname.startsWith('/blob/')) return answerBlob(url.pathname.slice('/blob/'.length));
    if (url.pathname.startsWith('/print/')) return answerPrint(url.pathname.slice('/print/'.length));
    return notFound();
  };
  protocol.handle('spoor', answer);

  return {
    serveOnce(path) {
      const id = randomBytes(16).toString('hex');
      printing.set(id, path);
      return {
        url: `${PAGE_URL}print/${id}`,
        withdraw: () => {
          printing.delete(id);
        },
      };
    },
  };
}
