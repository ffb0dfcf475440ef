/** Who called: to be filled. */
export function PrincipalsTab() {
  return null;
}
