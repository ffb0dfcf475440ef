/** Calls rules by their titles where a sentence names them by their ids in brackets: `(jwt-lifetime)` becomes `(“Long-lived access token”)`. */
export const withRuleTitles = (sentence: string, titleOf: (detector: string) => string | undefined): string =>
  sentence.replaceAll(/\(([a-z0-9]+(?:-[a-z0-9]+)+)\)/g, (whole, id: string) => {
    const title = titleOf(id);
    return title === undefined || title === id ? whole : `(“${title}”)`;
  });
