import { lookup } from 'node:dns/promises';

// The negative control: what a product that calls home would do. Both go nowhere, and both must be seen.
await fetch('http://192.0.2.1:81/', { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
await lookup('telemetry.example').catch(() => undefined);
