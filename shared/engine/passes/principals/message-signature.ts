import { bytesOfBase64 } from '../../../lib/base64.ts';
import { withoutFingerprints } from '../../intake/mask-token.ts';
import type { Header } from '../../../model/call.ts';

/** What of a request its signature may cover. */
export interface SignedRequest {
  readonly method: string | undefined;
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly headers: readonly Header[];
}

/** One signature of a request, read. */
export interface MessageSignature {
  readonly label: string;
  readonly components: readonly Component[];
  /** Everything after the label, as it stands: it is signed as it stands. */
  readonly params: string;
  readonly keyid: string | undefined;
  readonly alg: string | undefined;
  readonly tag: string | undefined;
  /** Units: seconds since 1970. */
  readonly created: number | undefined;
  readonly expires: number | undefined;
  readonly signature: Uint8Array;
}

interface Component {
  readonly name: string;
  /** Of a dictionary header, the member that is covered. */
  readonly key: string | undefined;
  /** As it stands: `"signature-agent";key="g"`. */
  readonly text: string;
  /** A way of covering that is not rebuilt here. */
  readonly odd: string | undefined;
}

/** More signatures than any request carries. */
const MAX_SIGNATURES = 4;

const headerText = (headers: readonly Header[], name: string): string | undefined => {
  const values = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value.trim());
  return values.length === 0 ? undefined : values.join(', ');
};

/**
 * Reads the signatures of a request; an empty list when it carries none or what it carries cannot be read.
 * Source: RFC 9421 sections 4.1 and 4.2, dictionaries of RFC 8941; the parameters that section 2.3 names.
 */
export function readSignatures(headers: readonly Header[]): readonly MessageSignature[] {
  const input = headerText(headers, 'signature-input');
  const signatures = headerText(headers, 'signature');
  if (input === undefined || signatures === undefined) return [];
  return [...input.matchAll(/(?:^|,)\s*([a-z*][a-z0-9_.*-]*)=(\(([^)]*)\)((?:;[a-z*][a-z0-9_.*-]*(?:=(?:"[^"]*"|[^;,\s]+))?)*))/g)]
    .slice(0, MAX_SIGNATURES)
    .flatMap(([, label = '', params = '', list = '', rest = '']) => {
      const start = new RegExp(`(?:^|,)\\s*${label.replaceAll(/[.*]/g, '\\$&')}=:([A-Za-z0-9+/=]*):`).exec(signatures)?.[1];
      const signature = start === undefined ? undefined : bytesOfBase64(start);
      if (signature === undefined) return [];
      const param = (name: string): string | undefined => {
        const found = new RegExp(`;${name}=(?:"([^"]*)"|([^;,\\s]+))`).exec(rest);
        // A quoted value is the first group, a bare one the second; RegExp types say text where there may be none.
        const [, quoted, bare]: readonly (string | undefined)[] = found ?? [];
        return quoted ?? bare;
      };
      const seconds = (name: string): number | undefined => (/^\d{1,12}$/.test(param(name) ?? '') ? Number(param(name)) : undefined);
      return [
        {
          label,
          components: [...list.matchAll(/"([^"]+)"((?:;[a-z]+(?:="[^"]*")?)*)/g)].map(([text, name = '', flags = '']) => ({
            name,
            key: /;key="([^"]*)"/.exec(flags)?.[1],
            text,
            odd: /;(sf|bs|tr|req)\b/.exec(flags)?.[1],
          })),
          params,
          keyid: param('keyid'),
          alg: param('alg'),
          tag: param('tag'),
          created: seconds('created'),
          expires: seconds('expires'),
          signature,
        },
      ];
    });
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

function derived(request: SignedRequest, name: string): string | undefined {
  const { method, scheme, host, port, path, query } = request;
  const authority =
    host === undefined ? undefined : `${host}${port === undefined || port === DEFAULT_PORTS[scheme ?? 'https'] ? '' : `:${String(port)}`}`;
  switch (name) {
    case '@method':
      return method;
    case '@authority':
      return authority;
    case '@scheme':
      return scheme;
    case '@path':
      return path;
    case '@query':
      return `?${query ?? ''}`;
    case '@request-target':
      return path === undefined ? undefined : `${path}${query === undefined ? '' : `?${query}`}`;
    case '@target-uri':
      return path === undefined || authority === undefined
        ? undefined
        : `${scheme ?? 'https'}://${authority}${path}${query === undefined ? '' : `?${query}`}`;
    default:
      return undefined;
  }
}

/** A member of a dictionary header as it stands; parts in quotes may hold commas. */
const memberOf = (text: string, key: string): string | undefined =>
  new RegExp(`(?:^|,)\\s*${key.replaceAll(/[.*]/g, '\\$&')}=("[^"]*"|[^,]*)`).exec(text)?.[1]?.trim();

/**
 * The text that was signed.
 * Shape:  the text, or what is missing to build it: a header that the evidence does not hold, a part that was masked.
 * Source: RFC 9421 section 2.5; appendix B.2 has examples.
 */
export function signatureBase(
  request: SignedRequest,
  signature: MessageSignature,
): { readonly text: string } | { readonly missing: string } {
  const lines: string[] = [];
  for (const { name, key, text, odd } of signature.components) {
    if (odd !== undefined) return { missing: `the covered part ${text}` };
    const header = name.startsWith('@') ? undefined : headerText(request.headers, name);
    const value = name.startsWith('@')
      ? derived(request, name)
      : key === undefined || header === undefined
        ? header
        : memberOf(header, key);
    if (value === undefined) return { missing: name };
    if (withoutFingerprints(value) !== value) return { missing: `${name}, which was masked` };
    lines.push(`${text}: ${value}`);
  }
  return { text: [...lines, `"@signature-params": ${signature.params}`].join('\n') };
}
