import { randomBytes } from 'node:crypto';
import { ControlError } from '../parts.ts';
import { HttpMode, type RequestUrl } from './http-mode.ts';
import type { Clock } from './identifiers.ts';
import type { Timing } from './timing.ts';

/** Delivery to an address that answered the challenge. Throws ControlError 400 when it did not. */
export async function verifiedHttpMode(from: {
  to: RequestUrl;
  clock: Clock;
  timing: Timing;
}): Promise<HttpMode> {
  const mode = new HttpMode(from);
  if (await mode.isVerified(randomBytes(24).toString('base64url'))) return mode;
  throw new ControlError(
    400,
    `${from.to.url} did not answer the url_verification with its challenge. Is an app listening there, with this signing secret?`,
  );
}
