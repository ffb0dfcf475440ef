/** Values of the light theme in the text of tokens.css, by name: pictures that leave the program look the same whatever the screen wears. */
export function lightTokens(css: string): (name: string) => string {
  const block = css.slice(css.indexOf(':root {'), css.indexOf('}'));
  const values = new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
  return (name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`bug: no token ${name}`);
    return value;
  };
}
