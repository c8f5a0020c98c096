/**
 * A route that exports this as its `handle` is a room of the console: the root wears it, so that what floats outside the
 * shell is as dense as what stands in it. In the style sheets a question about what the page holds would be asked again at
 * every change of the page.
 */
export const CONSOLE_ROOM = "console";
