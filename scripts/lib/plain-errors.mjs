// Loaded before every command: what we throw on purpose is a sentence for the user; anything else is a bug, with its stack.
process.on('uncaughtException', (error) => {
  const onPurpose = error instanceof Error && error.constructor === Error;
  console.error(onPurpose ? error.message : error);
  process.exit(1);
});
