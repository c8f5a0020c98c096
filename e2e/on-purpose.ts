/** In the address of a page whose content security policy a test breaks to see it hold; every other break fails the run. */
export const ON_PURPOSE = "broken-on-purpose";
