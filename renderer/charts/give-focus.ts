/** Gives the keyboard to a part of a picture that carries its id as `data-focus` or `data-node`; the picture itself does not scroll. */
export function giveFocus(element: SVGSVGElement | null, id: string): void {
  const parts = [...(element?.querySelectorAll<SVGGElement>('[data-focus], [data-node]') ?? [])];
  parts.find(({ dataset }) => dataset['focus'] === id || dataset['node'] === id)?.focus({ preventScroll: true });
}
