/** An output that keeps what is written, for tests of writers. */
export function collect(): { readonly write: (text: string) => void; readonly text: () => string } {
  const parts: string[] = [];
  return { write: (text) => void parts.push(text), text: () => parts.join('') };
}
