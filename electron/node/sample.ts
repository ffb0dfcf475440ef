/** The small bundle behind "Open the sample case", from the package's root. */
export const SAMPLE_BUNDLE = 'resources/samples/acme-shop-incident.zip';
