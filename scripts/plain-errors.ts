/**
 * Loaded before every command: an option that does not exist is the caller's slip and is told in a sentence, without a stack.
 */
const isSlip = (cause: unknown): cause is Error =>
  cause instanceof Error && "code" in cause && String(cause.code).startsWith("ERR_PARSE_ARGS_");

process.on("uncaughtException", (cause) => {
  if (isSlip(cause)) {
    console.error(
      `${cause.message.split(". ")[0]}.\nSee npm run ${process.env["HAWKER_COMMAND"] ?? "NAME"} -- --help.`,
    );
    process.exit(2);
  }
  console.error(cause);
  process.exit(1);
});
