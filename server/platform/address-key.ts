/** Whom a limit counts by address: an IPv4 address, or the /64 that one household gets of IPv6. */
export function addressKey(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, "").toLowerCase();
  return address.includes(":") ? prefixOf(address, 4) : address;
}

/** The wider net of an IPv6 address: one customer of a provider may hold all of a /48. Null for IPv4. */
export function wideAddressKey(ip: string): string | null {
  const key = addressKey(ip);
  return key.includes(":") ? prefixOf(ip.toLowerCase(), 3) : null;
}

function prefixOf(text: string, groupsKept: number): string {
  const address = text.replace(/%.*$/, "");
  const [head = "", tail] = address.split("::");
  const left = groupsOf(head);
  const right = groupsOf(tail ?? "");
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...zeros, ...right];
  return `${groups.slice(0, groupsKept).join(":")}::/${String(groupsKept * 16)}`;
}

/** Without leading zeros: however a group is written, it counts as one. */
const groupsOf = (text: string): string[] =>
  text
    .split(":")
    .filter(Boolean)
    .map((group) => group.replace(/^0+(?=.)/, ""));
