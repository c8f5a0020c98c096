/**
 * postgres.js 3.4.9 forgets a write that waits when its connection is cut (porsager/postgres#1208): the write then throws
 * where nobody can catch it, which ends the process, and the connection's next life waits for it for ever. Here such a
 * write refuses its query instead. A connection that is cut while it still asks for the types of arrays rejects where
 * nobody listens, with the same end: here it asks again. Goes away with the release that mends both: with another text,
 * loading says so.
 */
const mends = [
  {
    at: "  function nextWrite(fn) {\n",
    becomes: `  function nextWrite(fn) {
    if (socket === null) {
      clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
`,
  },
  {
    at: "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
    becomes:
      "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n",
  },
  {
    at: "        return fetchArrayTypes()\n",
    becomes: "        return fetchArrayTypes().catch(() => { needsTypes = true })\n",
  },
];

/** By this `connect` knows. */
const mark = '\nglobalThis[Symbol.for("remit.driver.mended")] = true\n';

/** @type {import("node:module").LoadHook} */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!url.endsWith("/node_modules/postgres/src/connection.js")) return loaded;
  return { ...loaded, source: mendDriver(String(loaded.source)) };
}

/**
 * The text of postgres/src/connection.js, mended. Whoever mends twice mends once.
 *
 * @param {string} source
 */
export const mendDriver = (source) => (source.endsWith(mark) ? source : mends.reduce(mend, source) + mark);

/** @param {string} text @param {{ at: string, becomes: string }} change */
function mend(text, { at, becomes }) {
  if (text.split(at).length !== 2)
    throw new Error("This version of postgres.js is not the one that db/driver-hook.js mends.");
  return text.replace(at, () => becomes);
}
