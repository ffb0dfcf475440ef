import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { bearerOf, refuse } from './http-guard.ts';
import { createSessions } from './sessions.ts';
import { socketTransport } from './socket-transport.ts';
import {
  blobHeaders,
  contentSecurityPolicy,
  inertText,
  loadStaticFiles,
  plainHeaders,
  withNonce,
  type StaticFile,
} from './static-files.ts';
import type { Transport } from '#shared/contract/wire.ts';
import type { Spool } from './spool.ts';

/** Largest message of a page. Units: bytes. */
export const MAX_MESSAGE = 8 * 1024 * 1024;
/** Largest name of a dropped file. Units: characters. */
export const MAX_NAME = 4096;
/** Connections at once. */
export const MAX_CONNECTIONS = 64;
/** A page must say its token within this time of connecting. Units: ms. */
const TOKEN_PATIENCE = 5000;

/** What pages are connected to: the workbench, as far as a server needs it. */
interface Served {
  readonly spool: Spool;
  connect(transport: Transport): void;
}

export interface HttpHost {
  readonly port: number;
  /** The link to open: its token stands in the fragment, which no server and no log ever sees, and works once. */
  readonly url: () => string;
  close(): Promise<void>;
}

/** Serves the workbench to browsers on this machine: 127.0.0.1 only, nothing without the token. */
export async function startHttpHost(
  workbench: Served,
  options: { readonly pageFolder: string; readonly port: number; readonly onLinkUsed: (next: string) => void },
): Promise<HttpHost> {
  const files = loadStaticFiles(options.pageFolder);
  const sessions = createSessions(() => {
    options.onLinkUsed(link());
  });
  const server = createServer({ maxHeaderSize: 16 * 1024 });
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });
  let port = options.port;
  const link = (): string => `http://127.0.0.1:${String(port)}/#token=${sessions.linkToken()}`;

  const answer = (response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { ...plainHeaders, ...inertText, ...headers });
    response.end(text);
  };

  const sendStatic = (response: ServerResponse, file: StaticFile): void => {
    const nonce = randomBytes(16).toString('base64');
    const isPage = file.type.startsWith('text/html');
    response.writeHead(200, {
      ...plainHeaders,
      'content-type': file.type,
      'content-security-policy': contentSecurityPolicy(nonce, `ws://127.0.0.1:${String(port)} ws://localhost:${String(port)}`),
    });
    response.end(isPage ? withNonce(file.body, nonce) : file.body);
  };

  const sendBlob = async (response: ServerResponse, id: string): Promise<void> => {
    const blob = workbench.spool.blob(id);
    if (blob === undefined) {
      answer(response, 404, 'not found');
      return;
    }
    response.writeHead(200, { ...blobHeaders(blob.disposition, blob.name, blob.type), 'content-length': String(statSync(blob.path).size) });
    await pipeline(createReadStream(blob.path), response);
  };

  const takeUpload = async (request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> => {
    const given = bearerOf(request);
    const name = query.get('name') ?? '';
    if (given === undefined || !sessions.isSession(given)) answer(response, 403, 'no token');
    else if (name === '' || name.length > MAX_NAME) answer(response, 400, 'no name');
    else {
      const path = workbench.spool.newPath('upload');
      try {
        await pipeline(request, createWriteStream(path, { mode: 0o600 }));
      } catch (cause) {
        // Broken off: what came so far is evidence in clear, which nobody would ask for.
        rmSync(path, { force: true });
        throw cause;
      }
      answer(response, 200, JSON.stringify(workbench.spool.grant(path, name)), { 'content-type': 'application/json' });
    }
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refuse(request, port);
    if (refusal !== undefined) {
      answer(response, refusal.status, refusal.why);
      return;
    }
    // Compared as it was sent: nothing is decoded or tidied on the way to a file.
    const [path = '', query = ''] = (request.url ?? '/').split('?', 2);
    const file = files.get(path);
    if (request.method === 'POST' && path === '/upload') await takeUpload(request, response, new URLSearchParams(query));
    else if (request.method === 'POST') answer(response, 404, 'not found');
    else if (file !== undefined) sendStatic(response, file);
    else if (path.startsWith('/blob/')) await sendBlob(response, path.slice('/blob/'.length));
    else answer(response, 404, 'not found');
  };

  server.on('request', (request, response) => {
    route(request, response).catch((error: unknown) => {
      // The other end went away or the disk is full: this request ends, the server goes on.
      if (response.headersSent) response.destroy();
      else answer(response, 500, error instanceof Error ? error.message : 'failed');
    });
  });

  const admit = (socket: WebSocket): void => {
    // A frame that is none of the protocol's, or too large: a close follows, and without a listener the process would end.
    socket.on('error', () => undefined);
    const timer = setTimeout(() => {
      socket.close(4401, 'no token');
    }, TOKEN_PATIENCE);
    socket.once('message', (data) => {
      clearTimeout(timer);
      let given = '';
      try {
        const first: unknown = JSON.parse((data as Buffer).toString('utf8'));
        if (typeof first === 'object' && first !== null && 'token' in first && typeof first.token === 'string') given = first.token;
      } catch {
        given = ''; // not our page
      }
      const session = sessions.admit(given);
      if (session === undefined) socket.close(4401, 'wrong token');
      else {
        socket.send(JSON.stringify({ session }));
        workbench.connect(socketTransport(socket));
      }
    });
  };

  server.on('upgrade', (request, stream, head) => {
    // From here on the connection is ours: one that is reset before its answer is written would end the process.
    stream.on('error', () => stream.destroy());
    if (refuse(request, port) !== undefined || request.headers.origin === undefined || request.url !== '/socket') {
      stream.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, admit);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  ({ port } = server.address() as AddressInfo);
  return {
    port,
    url: link,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
