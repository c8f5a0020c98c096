/** No such character in this encoding, and in JSON: a zero byte, half of a pair. */
const codes: readonly string[] = ["22021", "22P05"];

/** Whether a statement failed because its text is one that PostgreSQL cannot keep: whoever sent it is wrong, not we. */
export function isUnkeepable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string" && codes.includes(at.code)) return true;
  }
  return false;
}
