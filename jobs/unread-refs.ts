import { messageOf } from '../src/domain/errors.ts';
import { type Policy, servicesIn } from '../src/domain/policy.ts';
import type { Clock } from '../src/ports/clock.ts';
import { CodeHostRefused } from '../src/ports/code-host.ts';
import type { Log } from '../src/ports/log.ts';
import type { Change, Store } from '../src/ports/store.ts';
import { isAutomatic } from '../src/use-cases/automatic-hold.ts';

/** The code host may be silent this long before people are told that Forge does not see what is pushed. Milliseconds. */
const SILENT = 15 * 60_000;
/** What is refused may be mended at this moment. Milliseconds. */
const REFUSED = 60_000;

type Used = { store: Pick<Store, 'commit'>; policy: Policy; clock: Clock; log: Log };

/** Keeps in mind which repositories cannot be read, and has it told, once each time that begins: nobody would miss what is not deployed. */
export function createUnreadRefs({ store, policy, clock, log }: Used) {
  const since = new Map<string, number>();
  return {
    wasRead(repository: string): void {
      since.delete(repository);
    },
    async wasNot(repository: string, error: unknown): Promise<void> {
      const now = clock.now();
      const began = since.get(repository) ?? now;
      since.set(repository, began);
      log.warn('The branches and tags of a repository could not be read; Forge tries again', {
        repository,
        error: messageOf(error),
      });
      const isRefused = error instanceof CodeHostRefused;
      if (now - began < (isRefused ? REFUSED : SILENT)) return;
      const says = isRefused ? error.message : 'GitHub does not answer.';
      await store.commit(tellings(repository, says, { began, now }, policy));
    },
  };
}

function tellings(
  repository: string,
  says: string,
  { began, now }: { began: number; now: number },
  policy: Policy,
): Change[] {
  const environments = policy.environments.filter(
    ({ name }) =>
      isAutomatic({ service: '', environment: name }, policy) &&
      servicesIn(policy, name).some((service) => service.repository === repository),
  );
  const channels = [...new Set(environments.map(({ channel }) => channel))];
  return channels.map((channel) => ({
    kind: 'announce',
    announcement: {
      ...{ id: `automatic-unread/${repository}/${began}/${channel}`, channel, notBefore: now },
      ...{ about: `${repository} ${says}`, tells: 'automatic-unread' },
    },
  }));
}
