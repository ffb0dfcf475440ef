/** A `T` that only its own maker function can make, so that two units or two kinds of id never mix. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
