import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import { AppError } from '#shared/contract/errors.ts';
import { craftTar, craftZip, zipMember } from '../../archives.ts';
import type { FuzzTarget } from '../target.ts';

const TEXT = '192.0.2.1 - - [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 200 2 "-" "curl/8"\n'.repeat(20);

/** Small archives of every kind that is unpacked. */
function seeds(): readonly Uint8Array[] {
  const tar = craftTar([
    { name: 'a.log', content: TEXT },
    { name: 'b/c.log', content: TEXT },
  ]);
  const zip = craftZip([zipMember('a.log', TEXT), zipMember('b/inner.tar', tar.toString('latin1'))]);
  return [zip, tar, gzipSync(TEXT), gzipSync(tar), Buffer.concat([gzipSync(TEXT), gzipSync(TEXT)]), zstdCompressSync(TEXT)];
}

const OPEN_FILES = '/proc/self/fd';

/** Files of a folder that this process still has open; none where the system does not say. */
const openFilesIn = (folder: string): readonly string[] =>
  !existsSync(OPEN_FILES)
    ? []
    : readdirSync(OPEN_FILES).flatMap((number) => {
        try {
          const path = readlinkSync(join(OPEN_FILES, number));
          return path.startsWith(folder) ? [path] : [];
        } catch {
          return []; // closed since it was listed
        }
      });

/** Unpacks the bytes to the last one, as an import does. */
async function unpack(input: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-fuzz-archive-'));
  const path = join(folder, 'evidence');
  writeFileSync(path, input);
  const seen: string[] = [];
  try {
    const port = createEvidencePort({ tempRoot: folder });
    for await (const item of port.expand([{ path }], new AbortController().signal)) {
      if (item.kind === 'failure') {
        seen.push(item.code);
        continue;
      }
      let bytes = 0;
      try {
        for await (const chunk of item.source.chunks()) bytes += chunk.length;
        seen.push(bytes === 0 ? 'empty' : 'read', ...(item.source.warnings?.() ?? []).map(({ code }) => code));
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        seen.push(String(thrown.details['code'] ?? thrown.code));
      }
    }
    const left = openFilesIn(folder);
    if (left.length > 0) throw new Error(`${String(left.length)} files were left open`);
    return [...new Set(seen)].sort().join(' ');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Zip, tar, gzip and zstd, alone and in each other. */
export const archiveTarget: FuzzTarget = { id: 'archive', seeds, run: unpack };
