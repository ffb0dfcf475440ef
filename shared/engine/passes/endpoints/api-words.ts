/** Segments that name one place of their own, whatever stands beside them: `/users/me` is not `/users/{id}`. */
const WORDS = new Set(
  (
    'me self current own mine default latest recent last first next new all any none active inactive archived deleted draft drafts public private internal ' +
    'search find query filter lookup suggest autocomplete list count counts total summary stats statistics metrics status state health healthz ready readyz live livez ping version info about help docs swagger openapi graphql graphiql rpc ' +
    'export exports import imports download downloads upload uploads bulk batch sync preview validate verify confirm check test debug callback webhook webhooks events event hooks ' +
    'login logout signin signout signup register auth authorize authorization oauth oauth2 token tokens refresh revoke introspect userinfo session sessions password passwords reset forgot activate deactivate enable disable mfa otp sso saml jwks ' +
    'admin config configuration settings setting preferences profile profiles account accounts user users customer customers member members people person contact contacts employee employees team teams group groups role roles permission permissions org orgs organization organizations tenant tenants company companies ' +
    'order orders item items product products catalog category categories cart carts basket baskets checkout payment payments payout payouts refund refunds invoice invoices charge charges subscription subscriptions plan plans price prices pricing discount discounts coupon coupons shipment shipments shipping delivery deliveries address addresses stock inventory warehouse warehouses transfer transfers transaction transactions card cards bank wallet wallets balance balances ' +
    'ticket tickets comment comments message messages mail email emails sms notification notifications note notes reply replies conversation conversations thread threads chat chats channel channels ' +
    'file files document documents image images media attachment attachments avatar asset assets static public upload report reports dashboard dashboards analytics audit log logs history activity activities feed timeline job jobs task tasks queue workflow workflows run runs schedule ' +
    'key keys secret secrets credential credentials apikey apikeys api-key api-keys client clients app apps application applications device devices integration integrations connection connections ' +
    'agent agents tool tools prompt prompts model models chat completions embeddings messages mcp sse memory memories resource resources ' +
    'api rest v0 v1 v2 v3 beta alpha www web mobile site page pages home index view views data meta metadata schema tags tag label labels type types field fields value values node nodes ' +
    'cancel approve reject accept decline close open reopen assign unassign archive restore publish unpublish send resend retry start stop pause resume lock unlock move copy clone merge share invite invitations invites join leave follow like rate review reviews rating ratings vote favorites wishlist recommendations related similar trending popular featured top'
  ).split(' '),
);

/** True for words that APIs give to places and actions; such a segment is never taken for a value. */
export function isApiWord(segment: string): boolean {
  const lower = segment.toLowerCase();
  if (WORDS.has(lower) || /^v\d/.test(lower) || lower.startsWith('.') || lower.startsWith('_')) return true;
  const parts = lower.split(/[-_]/);
  return (
    parts.length > 1 && parts.length <= 3 && parts.every((part) => WORDS.has(part) || part === 'by' || part === 'of' || part === 'and')
  );
}
