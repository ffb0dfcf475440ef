/** Why a request stands in a wrong template, read off the first segment in which truth and finding differ. */
export function reasonOf(path: string, truth: string, found: string): string | undefined {
  const [values, expected, given] = [path, truth.slice(truth.indexOf(' ') + 1), found.slice(found.indexOf(' ') + 1)].map((text) =>
    text.split('/').filter((segment) => segment !== ''),
  );
  if (values === undefined || expected === undefined || given === undefined) return undefined;
  if (expected.length !== given.length) return 'another number of segments';
  const at = expected.findIndex((segment, index) => segment !== given[index]);
  if (at < 0) return undefined;
  const [wanted = '', got = '', value = ''] = [expected[at], given[at], values[at]];
  if (wanted.includes('{') && wanted !== '{}') return 'a parameter with words around it in one segment';
  if (wanted === '{}') return `value kept as a word: ${formOf(value)}`;
  return got === '{}' ? `word taken for a value: ${/\d/.test(wanted) ? 'with digits' : 'letters only'}` : 'another spelling';
}

/** The look of a value, as a reader of the log would name it. */
function formOf(encoded: string): string {
  const value = encoded.replaceAll(/%[0-9A-F]{2}/g, '_');
  if (/\.[A-Za-z]\w{1,4}$/.test(value)) return 'file or host name';
  if (/^-?[\d.,]+$/.test(value)) return 'number with a mark';
  if (/\d/.test(value))
    return /^[a-z]+(?:-[a-z]+)*-\d$/.test(value)
      ? 'slug with a digit'
      : /^[A-Za-z0-9]{1,15}$/.test(value)
        ? 'short code of letters and digits'
        : 'other text with digits';
  if (/^[a-z]+$/.test(value)) return 'one word';
  if (/^[A-Za-z]+(?:[-_.][A-Za-z]+)+$/.test(value)) return 'slug';
  return /^[A-Z]+$/.test(value) ? 'capitals' : 'other text';
}
