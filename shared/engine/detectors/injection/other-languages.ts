/** A sign of one kind in several languages. Shape: as in `hostile-text.ts`. */
type Sign = readonly [what: string, weight: number, pattern: RegExp];

/**
 * The plainest signs in German, French, Spanish, Portuguese, Italian and Dutch: an order that overrides, a wish for secrecy, words to the agent.
 * Whoever writes to a support desk in one of them would be heard by the model as well. Every repetition is bounded; letters are those of Unicode,
 * since `\b` knows no ü.
 */
export const OTHER_LANGUAGES: readonly Sign[] = [
  ['overrides instructions', 3, /(?<!\p{L})(?:ignorier|vergiss|vergesst|vergessen sie|missachte|umgeh)\p{L}{0,4}\b[^.\n]{0,40}(?:anweisung|regel|richtlinie|vorgabe|prompt)/iu],
  ['overrides instructions', 3, /(?<!\p{L})(?:ignor(?:e[zs]?|a|ez|ar)|oublie[zs]?|olvid[ae]|esqueça|dimentica|negeer|vergeet)(?!\p{L})[^.\n]{0,40}(?:instru[ckz]\p{L}{2,8}|istruzion|consigne|règle|reglas?|regras?|regole|regels|richtlijn)/iu],
  ['asks to be kept secret', 3, /(?<!\p{L})(?:(?:erwähne|erwähnen sie|verrate|verraten sie)(?!\p{L})[^.\n]{0,40}(?<!\p{L})(?:nicht|nichts|niemandem)|(?:sage?|sagen sie|zeige?|zeigen sie|melde|melden sie|informiere|informieren sie)(?!\p{L})[^.\n]{0,20}(?:kund|benutzer|nutzer|mitarbeiter)\p{L}{0,4}[^.\n]{0,20}(?<!\p{L})nichts?)(?!\p{L})|(?<!\p{L})ohne [^.\n]{0,30}(?:zu erwähnen|kund\p{L}{0,4} zu (?:informieren|fragen))(?!\p{L})/iu],
  ['asks to be kept secret', 3, /(?<!\p{L})ne (?:le |la |les )?(?:mentionne|révèle)\p{L}{0,2} (?:pas|rien|à personne)|(?<!\p{L})(?:n['’]en parle\p{L}{0,2} (?:pas|à personne)|sans (?:le |la |en )?(?:mentionner|informer le client))(?!\p{L})/iu],
  ['asks to be kept secret', 3, /(?<!\p{L})(?:no (?:lo |la )?(?:menciones|mencione|reveles|revele)|sin mencionar|não (?:o |a )?(?:mencione|revele)|sem mencionar|non (?:lo |la )?(?:menzionare|rivelare)|senza menzionare|vermeld (?:het|dit) niet|zonder (?:het )?te vermelden)(?!\p{L})/iu],
  ['speaks to the agent', 2, /(?<!\p{L})(?:hinweis|nachricht|anweisung|achtung|wichtig|note|message|consigne|attention|nota|mensaje|aviso|importante|mensagem|avviso|messaggio|opmerking|bericht)(?!\p{L})[^.\n]{0,20}(?<!\p{L})(?:an|für|à|a|al|para|per|pour|voor|aan)(?!\p{L})[^.\n]{0,12}(?:assistent|agent(?!ur)|bot(?!\p{L})|ki(?!\p{L})|ia(?!\p{L})|assistant|asistente|assistente|sprachmodell|modèle|modelo|modello)/iu],
]; // prettier-ignore
