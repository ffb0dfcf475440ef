import { bytesOfBase64 } from '../../../lib/base64.ts';
import type { Header } from '../../../model/call.ts';
import { headerText, type Component } from './signature-base.ts';

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

/** More signatures than any request carries. */
const MAX_SIGNATURES = 4;

/** Longer ones are of no request: servers take no such header, and to look for signatures in one takes the square of its length. Units: characters. */
const MAX_INPUT = 8192;

/**
 * Reads the signatures of a request; an empty list when it carries none or what it carries cannot be read.
 * Source: RFC 9421 sections 4.1 and 4.2, dictionaries of RFC 8941; the parameters that section 2.3 names.
 */
export function readSignatures(headers: readonly Header[]): readonly MessageSignature[] {
  const input = headerText(headers, 'signature-input');
  const signatures = headerText(headers, 'signature');
  if (input === undefined || signatures === undefined || input.length > MAX_INPUT) return [];
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
            param: /;name="([^"]*)"/.exec(flags)?.[1],
            flags: [...flags.matchAll(/;(sf|bs|tr|req)(?![a-z=])/g)].flatMap(([, flag]) => flag ?? []),
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
