import type { Deployment } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import { hostRecordOf } from '../src/domain/host-record.ts';
import { digestOf } from '../src/domain/json.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type ServicePolicy,
  serviceNamed,
} from '../src/domain/policy.ts';
import type { Chat } from '../src/ports/chat.ts';
import { type CodeHost, CodeHostRefused } from '../src/ports/code-host.ts';
import type { DeploymentRecord } from '../src/ports/deployment-records.ts';
import type { Log } from '../src/ports/log.ts';
import type { World } from './world.ts';

/** Between two looks for deployments that the code host does not show as they are. Milliseconds. */
const LOOK = 2_000;
/** One that ended longer ago and was never recorded stays so: nobody waits for it. Milliseconds. */
const NEWS_FOR = 24 * 3_600_000;
/** Pause after the first try that did not work out; it doubles up to the longest. Milliseconds. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 15 * 60_000;
/** What was refused so often stays unrecorded until something happens to it. */
const MOST_ATTEMPTS = 6;
/** Longest that one deployment may take of the others' time. Milliseconds. */
const WITHIN = 30_000;

export type Recorder = Pick<World, 'store' | 'clock' | 'policy'> & {
  codeHost: Pick<CodeHost, 'recordDeployment' | 'recordStatus'>;
  chat: Pick<Chat, 'permalink'>;
  log: Log;
};

/**
 * Keeps the code host's record of every deployment in step with its events, while this process leads. It is a projection: safe to
 * stop anywhere, and no deployment waits for it.
 */
export async function recordDeployments(recorder: Recorder, signal: AbortSignal): Promise<void> {
  const { clock, store, policy } = recorder;
  const told: Told = new Map();
  while (!signal.aborted) {
    const now = clock.now();
    const behind =
      policy.github === undefined ? [] : await store.deploymentsToRecord({ now, endedAfter: now - NEWS_FOR });
    for (const number of behind) {
      signal.throwIfAborted();
      await recordOne(number, recorder, told, signal);
    }
    await clock.sleep(LOOK, signal);
  }
}

/** What this process told last, by deployment: most events change nothing that the code host shows, and its calls are counted. */
type Told = Map<number, string>;

/** Brings one record up to its deployment, or leaves it for later. */
async function recordOne(number: number, recorder: Recorder, told: Told, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = recorder;
  const deployment = await store.deployment(number);
  if (deployment === undefined) return;
  const before = (await store.deploymentRecord(number)) ?? fresh(number);
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN)]);
    const hostId = await tell(deployment, before, { ...recorder, told }, within);
    await store.keepDeploymentRecord({
      ...{ deployment: number, shown: deployment.version, notBefore: 0, attempts: 0 },
      ...(hostId === undefined ? {} : { hostId }),
    });
  } catch (error) {
    if (signal.aborted) return;
    const attempts = before.attempts + 1;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(before.attempts, 10));
    // It may have been recorded just before, so what was learnt of it is kept.
    const known = (await store.deploymentRecord(number)) ?? before;
    const isGivenUp = attempts >= MOST_ATTEMPTS && error instanceof CodeHostRefused;
    const shown = isGivenUp ? deployment.version : known.shown;
    await store.keepDeploymentRecord({ ...known, shown, attempts, notBefore: clock.now() + pause });
    if (attempts === 1 || error instanceof CodeHostRefused) {
      log.warn('A deployment could not be recorded on GitHub', {
        deployment: number,
        error: messageOf(error),
      });
    }
  }
}

/** The code host's id of it; undefined where it has nothing to record it under. */
async function tell(
  deployment: Deployment,
  record: DeploymentRecord,
  { policy, codeHost, chat, store, told }: Recorder & { told: Told },
  signal: AbortSignal,
): Promise<number | undefined> {
  const service = serviceNamed(policy, deployment.service);
  const environment = environmentNamed(policy, deployment.environment);
  const { commit } = deployment.plan.to;
  if (service === undefined || environment === undefined || commit === undefined) return record.hostId;
  const { repository } = service;
  const hostId = record.hostId ?? (await create(commit, environment, service));
  const environmentUrl = service.runs[environment.name]?.find(({ url }) => url !== undefined)?.url;
  const post = await shownIn(deployment, store);
  const shown = { ...hostRecordOf(deployment), environmentUrl, message: post?.ts };
  const digest = digestOf(shown);
  if (told.get(deployment.number) === digest) return hostId;
  const { state, description } = shown;
  const logUrl = post === undefined ? undefined : await chat.permalink(post);
  await codeHost.recordStatus(
    repository,
    {
      ...{ deployment: hostId, state, description },
      ...(environmentUrl === undefined ? {} : { environmentUrl }),
      ...(logUrl === undefined ? {} : { logUrl }),
    },
    { signal },
  );
  told.set(deployment.number, digest);
  return hostId;

  async function create(sha: string, { name, gates }: EnvironmentPolicy, of: ServicePolicy): Promise<number> {
    const description = `${of.name} ${deployment.plan.to.version}`;
    const isProduction = gates.evidence === 'traffic';
    const { id } = await codeHost.recordDeployment(
      of.repository,
      { forge: String(deployment.number), sha, environment: name, description, isProduction },
      { signal },
    );
    await store.keepDeploymentRecord({ ...record, hostId: id });
    return id;
  }
}

/** Where people see it in Slack; undefined while its message is not there. */
async function shownIn(
  { number }: Deployment,
  store: Pick<Recorder['store'], 'posts'>,
): Promise<{ channel: string; ts: string } | undefined> {
  const post = (await store.posts(number)).find(({ event, ts }) => event === 0 && ts !== undefined);
  return post?.ts === undefined ? undefined : { channel: post.channel, ts: post.ts };
}

function fresh(deployment: number): DeploymentRecord {
  return { deployment, shown: 0, notBefore: 0, attempts: 0 };
}
