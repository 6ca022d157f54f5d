import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import { decideStart, type StartDecision } from '../domain/start-times.ts';
import type { Adapters } from './adapters.ts';
import { startQuestion } from './start-question.ts';

/** A deployment somebody thinks of. */
export type PlannedStart = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  /** Milliseconds since the epoch. */
  at: number;
  /** Slack id of the person it is to be of. */
  by: string;
};

/** Whether it might start in its first region at that time, as things stand now and nobody consents to anything. */
export async function startWhen(
  { service, environment, at, by }: PlannedStart,
  { store }: Pick<Adapters, 'store'>,
): Promise<StartDecision> {
  const [first] = service.runs[environment.name] ?? [];
  if (first === undefined) return { kind: 'may', despite: [] };
  const place = { service: service.name, environment: environment.name };
  const asked = { at, by, place, window: environment.windows, hasConsent: false, isEmergency: false };
  return decideStart(await startQuestion(asked, { store }), first.region);
}
