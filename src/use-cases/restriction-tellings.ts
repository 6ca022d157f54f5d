import { type Freeze, type FreezeScope, touches } from '../domain/freeze.ts';
import type { Lock } from '../domain/lock.ts';
import { environmentNamed, type Policy } from '../domain/policy.ts';
import type { AnnouncementChange, Telling } from '../ports/announcements.ts';

/** Before a freeze begins people are told so long before. Milliseconds. */
const FREEZE_SOON = 3_600_000;
/** The owner of a lock is told so long before it ends. Milliseconds. */
const LOCK_ENDS_SOON = 900_000;

type Planned = { tells: Telling; notBefore: number; staleAt?: number };

/** What is told of a freeze that was just placed: at once, shortly before it begins, when it begins, and when it ends. */
export function freezeTellings(
  freeze: Pick<Freeze, 'id' | 'scope' | 'from' | 'until'>,
  now: number,
  policy: Policy,
): AnnouncementChange[] {
  const { id, scope, from, until } = freeze;
  const soon = from - FREEZE_SOON;
  const planned: Planned[] = [
    ...(from > now ? [{ tells: 'freeze-planned', notBefore: now, staleAt: from } as const] : []),
    ...(soon > now ? [{ tells: 'freeze-soon', notBefore: soon, staleAt: from } as const] : []),
    { tells: 'freeze-begins', notBefore: Math.max(from, now), staleAt: until },
    { tells: 'freeze-ended', notBefore: until },
  ];
  return planned.flatMap((one) => toChannels(id, id, one, channelsOf(scope, policy)));
}

/** What is told when a freeze is lifted, instead of all that was planned. */
export function liftTellings({ id, scope }: Freeze, now: number, policy: Policy): AnnouncementChange[] {
  const lifted = { tells: 'freeze-lifted', notBefore: now } as const;
  return [
    { kind: 'withdraw-announcements', about: id, because: 'The freeze was lifted' },
    ...toChannels(id, id, lifted, channelsOf(scope, policy)),
  ];
}

/** What is told of a lock as it is from now on, instead of all that was planned for how it was. */
export function lockTellings(
  lock: Pick<Lock, 'id' | 'environment' | 'owner' | 'until'> & { version: number },
  tells: Extract<Telling, 'lock-placed' | 'lock-prolonged' | 'lock-handed-over' | 'lock-released'>,
  now: number,
  policy: Policy,
): AnnouncementChange[] {
  const { id, environment, owner, until, version } = lock;
  const channels = channelsOf({ environments: [environment] }, policy);
  const key = `${id}.${version}`;
  const soon = until - LOCK_ENDS_SOON;
  const told = toChannels(id, key, { tells, notBefore: now }, channels);
  const withdrawn = { kind: 'withdraw-announcements', about: id, because: 'The lock was changed' } as const;
  if (tells === 'lock-released') return [withdrawn, ...told];
  const reminder = { tells: 'lock-ends-soon', notBefore: soon, staleAt: until } as const;
  return [
    withdrawn,
    ...told,
    ...(soon > now ? toChannels(id, key, reminder, [owner]) : []),
    ...toChannels(id, key, { tells: 'lock-ended', notBefore: until }, channels),
  ];
}

function toChannels(
  about: string,
  key: string,
  planned: Planned,
  channels: readonly string[],
): AnnouncementChange[] {
  return channels.map((channel) => ({
    kind: 'announce',
    announcement: { id: `${key}/${planned.tells}/${channel}`, about, channel, ...planned },
  }));
}

/** Where people read of deployments that it touches, each channel once. */
function channelsOf(scope: FreezeScope, policy: Policy): string[] {
  const touched = policy.services.flatMap(({ name: service, runs }) =>
    Object.keys(runs).filter((environment) => touches(scope, { service, environment })),
  );
  const named = [...new Set([...(scope.environments ?? []), ...touched])];
  return [...new Set(named.flatMap((name) => environmentNamed(policy, name)?.channel ?? []))];
}
