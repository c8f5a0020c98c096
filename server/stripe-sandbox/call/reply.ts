import { type Form } from "./params.ts";
import { type ErrorBody } from "./stripe-fault.ts";
import { type Work } from "../store/work.ts";

export type Reply = { status: number; body: unknown };

export type Call = { work: Work; params: Form; id: string; path: string };

export type Endpoint = {
  method: "get" | "post" | "delete";
  path: string;
  run: (call: Call) => Promise<Reply>;
};

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** An error that keeps what the call has done: a declined charge is still a charge. */
export function keptError(status: number, error: ErrorBody): Reply {
  return { status, body: { error } };
}
