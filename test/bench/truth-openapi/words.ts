/** Words that values are made of; none is the name of a place in an API. */
export const NOUNS: readonly string[] =
  'apple river lamp stone garden window bridge forest engine market paper ocean valley harbor mountain candle pocket mirror ladder basket hammer blanket ticket saddle feather marble copper silver velvet cotton amber coral maple cedar willow falcon otter badger rabbit tiger panda eagle salmon lobster cactus orchid violet daisy lemon mango pepper ginger garlic butter cheese cookie coffee muffin pancake noodle waffle pizza bagel camera guitar violin trumpet piano drum rocket planet comet meteor nebula galaxy orbit lantern anchor compass rudder canvas brush palette pencil marker crayon ribbon button zipper jacket mitten scarf boot sandal sneaker helmet bicycle scooter wagon trolley tractor wheel piston turbine magnet circuit sensor beacon tower castle cottage cabin barn stable meadow prairie desert canyon glacier island lagoon reef delta estuary waterfall spring fountain puddle thunder breeze storm blizzard rainbow sunrise twilight midnight harvest winter summer autumn holiday carnival festival parade concert theater museum gallery library bakery tavern kitchen pantry cellar attic balcony corridor staircase chimney shutter carpet curtain pillow mattress cradle rattle puzzle marionette balloon firework snowflake icicle ember charcoal diamond emerald sapphire pearl topaz quartz granite basalt limestone pebble gravel sand clay brick timber plank'.split(
    ' ',
  );
export const ADJECTIVES: readonly string[] =
  'red blue green quiet loud bright dark swift slow gentle brave clever happy lonely ancient modern tiny giant golden silver wooden frozen hidden open narrow wide deep shallow smooth rough sharp soft warm cold fresh dry wet sweet sour salty bitter spicy fancy plain simple curly straight round square lucky merry noble proud rapid steady sturdy vivid wild young crisp dusty early eager fair famous fierce fluffy grand humble icy jolly keen lively mellow misty neat odd pale polite rare royal rusty shiny silent sleepy snowy solid spare stormy sunny tame tidy urban vast witty zesty'.split(
    ' ',
  );
export const FIRST_NAMES: readonly string[] =
  'anna ben carla dmitri elif fatou grete hiro ines jamal kira liam maya noah olga paul quinn rosa sven tara umar vera wendy xenia yusuf zoe adam bella carlos diana erik fiona george hanna ivan julia karim laura marco nina oscar petra rafael sofia tomas ursula victor wanda yara zane alba boris celine dario emil freya gustav helga isaac jana klaus lena milan nora otto pia ruben selma timo uma viktor'.split(
    ' ',
  );
export const LOCALES: readonly string[] =
  'en-US en-GB de-DE fr-FR es-ES it-IT pt-BR nl-NL sv-SE da-DK fi-FI nb-NO pl-PL cs-CZ tr-TR ja-JP ko-KR zh-CN ru-RU ar-SA en de fr es it'.split(
    ' ',
  );
export const CURRENCIES: readonly string[] =
  'USD EUR GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF TRY BRL MXN CAD AUD NZD INR KRW ZAR SGD HKD BTC ETH'.split(' ');
export const COUNTRIES: readonly string[] =
  'US GB DE FR ES IT NL BE SE NO DK FI PL CZ AT CH PT IE GR TR BR MX CA AU NZ IN JP KR CN ZA SG'.split(' ');
/** Reserved names, RFC 2606. */
export const TOP_DOMAINS: readonly string[] = ['test', 'example'];
export const EXTENSIONS: readonly string[] = ['json', 'xml', 'csv', 'pdf', 'png', 'jpg', 'txt', 'zip'];
