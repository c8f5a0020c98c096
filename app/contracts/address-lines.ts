type Address = {
  line1: string;
  line2?: string | undefined;
  city: string;
  region?: string | undefined;
  postalCode: string;
  country: string;
};

/** An address as it stands on an envelope. The country is left out where the reader is in it. */
export function addressLines(address: Address | null, { home }: { home?: string | undefined } = {}): string[] {
  if (address === null) return [];
  const { line1, line2 = "", city, region = "", postalCode, country } = address;
  const town = [[city, region].filter(Boolean).join(", "), postalCode].filter(Boolean).join(" ");
  return [line1, line2, town, country === home ? "" : country].filter(Boolean);
}
