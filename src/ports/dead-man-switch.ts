import type { Colour, Target } from '../domain/release.ts';
import type { CallOptions } from './platform.ts';

/**
 * Moves all traffic of a target to one colour at a set time, without Forge: something outside does it. Errors as `Platform`.
 */
export type DeadManSwitch = {
  /** Sets it, or sets it anew: all traffic goes to `to` at `at` (milliseconds since the epoch) or up to two minutes later. Idempotent. */
  arm(target: Target, request: { to: Colour; at: number }, options: CallOptions): Promise<void>;
  /**
   * Puts it off. Never sets one that is not there, so that it cannot bring back one that was taken away meanwhile:
   * `gone` when it is not whole (any more): a rule of the target has none. The others are put off all the same.
   */
  extend(
    target: Target,
    request: { to: Colour; at: number },
    options: CallOptions,
  ): Promise<'extended' | 'gone'>;
  /** Takes it away. Idempotent. It is gone only when `read` says so. */
  disarm(target: Target, options: CallOptions): Promise<void>;
  /**
   * Read from outside. `partly` is neither: only some rules of the target have one that will fire, or one that was not
   * answered may yet come about.
   */
  read(target: Target, options: CallOptions): Promise<'armed' | 'partly' | 'gone'>;
};
