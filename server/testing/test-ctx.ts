import { type DbOrTx } from "#db/client.ts";
import { type Actor } from "#server/platform/actor.ts";
import { createKeys } from "#server/platform/app-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { noProcessor } from "#server/platform/processor.ts";

/** A context for command tests: the system's actor unless another is given, a fixed time, files kept in memory. */
export function testCtx(db: DbOrTx, parts: Partial<Ctx> & { actor?: Actor } = {}): Ctx {
  const kept = new Map<string, Buffer>();
  return {
    db,
    actor: { kind: "system", name: "test" },
    now: new Date("2026-11-23T15:00:00Z"),
    requestId: "test",
    processor: noProcessor("sandbox"),
    files: {
      put: (key, bytes) => Promise.resolve(void kept.set(key, bytes)),
      get: (key) => {
        const bytes = kept.get(key);
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no file ${key}`));
      },
      remove: (key) => Promise.resolve(void kept.delete(key)),
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    publicUrl: "http://localhost:3000",
    keyFor: createKeys("test"),
    ...parts,
  };
}
