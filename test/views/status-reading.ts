import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { statusMessage } from '../../views/status.ts';
import { aLive, aMoment, anEnvironmentPolicy, aRegion, aServicePolicy } from '../builders.ts';
import { readableIn } from './rules.ts';

export function aStatus(change: Partial<ServiceStatus> = {}): ServiceStatus {
  return {
    service: aServicePolicy(),
    environment: anEnvironmentPolicy(),
    regions: [{ kind: 'live', region: aRegion, live: aLive() }],
    last: undefined,
    running: undefined,
    waiting: [],
    ...change,
  };
}

/** Every line that people read in the status, dates as they are sent. */
export function statusLines(statuses: readonly ServiceStatus[], now = aMoment): string[] {
  return readableIn(statusMessage(statuses, now).blocks).flatMap((text) => text.split('\n'));
}
