/**
 * The business clock decides due dates, aging, drafts and policy clocks. It is persisted and, while the Stripe
 * stand-in runs, can be moved forward. Sessions, rate limits and `created_at` stay on real time.
 */
export type BusinessClock = {
  /** The business time now. */
  now(): Date;
  /** Moves business time forward, persists it and tells the listeners. Refused with a fault on live keys. */
  advance(ms: number): Promise<void>;
  /** Called after every advance, also one made by another process. */
  onAdvance(listener: () => void): void;
};
