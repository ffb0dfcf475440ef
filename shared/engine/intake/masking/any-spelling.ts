const forRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const anyCase = (hex: string): string => hex.replaceAll(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** A letter in every spelling: itself, behind backslashes, as `\uXXXX`, in percent escapes. */
function letterPattern(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, at) => `\\\\+u${anyCase(letter.charCodeAt(at).toString(16).padStart(4, '0'))}`);
  const bytes = [...new TextEncoder().encode(letter)].map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`);
  const plain = forRegExp(letter);
  const behind = /["\\/]/.test(letter) ? `|\\\\+${plain}` : '';
  return `(?:${plain}${behind}|${units.join('')}|${bytes.join('')}${letter === ' ' ? '|\\+' : ''})`;
}

/** A pattern for a text whose letters may be escaped one by one, each in its own way. Shape: global. */
export const anySpelling = (text: string): RegExp => new RegExp(Array.from(text, letterPattern).join(''), 'g');
