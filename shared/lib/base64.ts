/** The bytes of a base64 or base64url text, with or without padding and line ends; `undefined` when it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const clean = text.replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (clean === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(clean) || clean.replace(/=+$/, '').length % 4 === 1) return undefined;
  const binary = atob(clean.replace(/=+$/, ''));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
