/** The IANA name of a time zone as calendars know it, or null. */
export function parseZone(text: string): string | null {
  const name = text.trim();
  // Offsets such as +02:00 are read by Intl as well, but know no summer time: a biller is in a place.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
