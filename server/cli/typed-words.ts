import { stripHidden } from "#app/contracts/strip-hidden.ts";

/** The words of a command about names, as everybody reads them: a name that was copied may bring signs that nobody sees. */
export const typedWords = (): string[] => process.argv.slice(2).map(stripHidden);
