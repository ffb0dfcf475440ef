/** A call that a service may make while it answers. */
export interface Step {
  readonly to: string;
  /** How often it is made at all. */
  readonly odds: number;
  /** How often in a row, at most; each number from 1 is as likely. */
  readonly times: number;
}

/** An operation of a service: work, then steps, stage by stage; steps of one stage begin together. Units: mean ms of work before each stage and at the end. */
export interface Operation {
  readonly work: number;
  readonly stages: readonly (readonly Step[])[];
}

/** Services that call one another, and how often each operation is asked for from outside. */
export interface App {
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly asked: Readonly<Record<string, number>>;
  /** Requests from outside per second at usual load. */
  readonly rate: number;
}

const step = (to: string, odds = 1, times = 1): Step => ({ to, odds, times });

/**
 * Three shapes of the literature's benchmarks, rebuilt: a chain with a branch (hotel search), a wide fan-out with a second round (composing a review), and
 * optional and repeated calls (a checkout with a cache and a price for each item). Shape: `service/operation`.
 * Source: DeathStarBench (ASPLOS 2019), whose applications TraceWeaver (SIGCOMM 2024) is measured on.
 */
export const APPS: readonly App[] = [
  {
    name: 'hotel',
    rate: 60,
    asked: { 'frontend/hotels': 6, 'frontend/recommendations': 3, 'frontend/reservation': 1 },
    operations: {
      'frontend/hotels': { work: 0.8, stages: [[step('search/nearby')], [step('reserve/check')], [step('profile/list')]] },
      'frontend/recommendations': { work: 0.7, stages: [[step('recommend/best')], [step('profile/list')]] },
      'frontend/reservation': { work: 0.7, stages: [[step('user/check')], [step('reserve/make')]] },
      'search/nearby': { work: 0.9, stages: [[step('geo/nearby')], [step('rate/list')]] },
      'geo/nearby': { work: 1.5, stages: [] },
      'rate/list': { work: 2.5, stages: [] },
      'profile/list': { work: 3, stages: [] },
      'recommend/best': { work: 2, stages: [] },
      'reserve/check': { work: 4, stages: [] },
      'reserve/make': { work: 6, stages: [] },
      'user/check': { work: 1, stages: [] },
    },
  },
  {
    name: 'media',
    rate: 40,
    asked: { 'web/compose': 1 },
    operations: {
      'web/compose': {
        work: 0.6,
        stages: [[step('ids/new'), step('users/find'), step('text/clean'), step('movies/find')], [step('reviews/store')]],
      },
      'ids/new': { work: 0.7, stages: [] },
      'users/find': { work: 1.8, stages: [] },
      'text/clean': { work: 2.5, stages: [] },
      'movies/find': { work: 2, stages: [[step('ratings/add', 0.8)]] },
      'ratings/add': { work: 1.2, stages: [] },
      'reviews/store': { work: 1.5, stages: [[step('user-reviews/add'), step('movie-reviews/add')]] },
      'user-reviews/add': { work: 3, stages: [] },
      'movie-reviews/add': { work: 3, stages: [] },
    },
  },
  {
    name: 'checkout',
    rate: 45,
    asked: { 'edge/checkout': 3, 'edge/cart': 7 },
    operations: {
      'edge/checkout': { work: 1, stages: [[step('cart/read')], [step('stock/hold'), step('fraud/score')], [step('payment/charge')]] },
      'edge/cart': { work: 0.6, stages: [[step('cart/read')]] },
      'cart/read': { work: 0.8, stages: [[step('cache/get')], [step('price/quote', 0.7, 3)]] },
      'cache/get': { work: 0.3, stages: [] },
      'price/quote': { work: 1.5, stages: [] },
      'stock/hold': { work: 4, stages: [] },
      'fraud/score': { work: 5, stages: [] },
      'payment/charge': { work: 9, stages: [] },
    },
  },
];
