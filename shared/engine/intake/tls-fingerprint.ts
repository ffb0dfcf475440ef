import type { Header, ImportedCall } from '../../model/call.ts';

/** The fingerprint of the client's side; `ja3s` and `ja4s` are of the server's. Tested on names without case, dots, dashes and underscores. */
const NAME = /ja([34])(?!s(?:$|hash|md5|digest|fingerprint))/;
/** MD5 of the client's hello. Source: salesforce/ja3. */
const JA3 = /^[0-9a-f]{32}$/i;
/** Protocol, version, name, counts and ALPN, then two hashes. Source: FoxIO ja4, technical details of JA4. */
const JA4 = /^[tqd][0-9s][0-9][di]\d{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/;

function fingerprintIn(fields: readonly Header[] | undefined, kind: '3' | '4'): string | undefined {
  for (const [name, value] of fields ?? []) {
    if (!/ja[34]/i.test(name)) continue;
    const named = NAME.exec(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))?.[1];
    if (named === kind && (kind === '4' ? JA4 : JA3).test(value.trim())) return `ja${kind} ${value.trim().toLowerCase()}`;
  }
  return undefined;
}

/**
 * The fingerprint of the TLS client as the record has it, JA4 before JA3, which browsers shuffle. Gateways write it under names of
 * their own (Cloudflare `JA4`, AWS WAF `ja4Fingerprint`, CloudFront `cloudfront-viewer-ja4-fingerprint`, Envoy and HAProxy as configured),
 * so it is known by a name that holds `ja3` or `ja4` and by the shape of the value.
 * Shape: `ja4 t13d1516h2_8daaf6152771_e5627efa2ab1`; `undefined` when the record has none.
 */
export function tlsFingerprint({ requestHeaders, extras }: ImportedCall): string | undefined {
  return (
    fingerprintIn(extras, '4') ?? fingerprintIn(requestHeaders, '4') ?? fingerprintIn(extras, '3') ?? fingerprintIn(requestHeaders, '3')
  );
}
