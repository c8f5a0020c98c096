import { type Runtime } from "#server/runtime.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

/** What every part of the demo works with. */
export type DemoTools = {
  runtime: Runtime;
  now: Date;
  /** A context of somebody, some hours ago. */
  as(actor: Actor, hoursAgo?: number): Ctx;
};

const HOUR = 3_600_000;

export function demoTools(runtime: Runtime): DemoTools {
  const now = runtime.clock.now();
  let count = 0;
  return {
    runtime,
    now,
    as: (actor, hoursAgo = 0) => ({
      ...runtime.makeCtx(actor, `demo-${String((count += 1))}`),
      now: new Date(now.getTime() - hoursAgo * HOUR),
    }),
  };
}

/** The value of a command that cannot be refused here; a refusal is a fault of the demo itself. */
export function must<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw bug(`the demo was refused: ${result.reason}`);
  return result.value;
}

/** A uuid of its own for each text: the same demo on every machine. */
export function uuidOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const sign of text) hash = BigInt.asUintN(64, (hash ^ BigInt(sign.codePointAt(0) ?? 0)) * 0x100000001b3n);
  const more = BigInt.asUintN(64, hash * 0x9e3779b97f4a7c15n);
  const hex = hash.toString(16).padStart(16, "0") + more.toString(16).padStart(16, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
