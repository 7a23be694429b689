/** Whether an error says that the database gave no answer: the line is down, or the server is stopping or overwhelmed. */

const LINE = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Connection exceptions, stopping or starting, too many connections, too slow, or rolled back in a conflict with others. */
const ANSWERS = /^(08\w{3}|57P0[1-5]|53300|57014|40001|40P01)$/;
/** What node-postgres says by itself, without a code. */
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection error and is not queryable|Client was closed/i;

export const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // Every address of a name was tried: what they said is inside.
  if (error instanceof AggregateError) return LINE.test(code) || error.errors.some(isAway);
  return LINE.test(code) || ANSWERS.test(code) || (code === "" && WORDS.test(error.message));
};
