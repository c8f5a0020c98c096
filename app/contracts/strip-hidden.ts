/**
 * Signs that nobody sees and that make a text read as another: those that turn the direction of what follows (U+202A–E,
 * U+2066–9, U+200E, U+200F, U+061C), and those of no width. The joiners U+200C and U+200D stay, as Persian and
 * emoji are written with them; letters that run from right to left do so by themselves.
 */
const HIDDEN = /[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/** A person's text as everybody reads it: asked once, where texts come in (forms, sockets, imported files). */
export const stripHidden = (text: string): string => text.replace(HIDDEN, "");
