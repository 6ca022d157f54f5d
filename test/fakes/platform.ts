import type { Live, Release, Target } from '../../src/domain/release.ts';
import {
  type CallOptions,
  type Health,
  type Platform,
  PlatformRefused,
  PlatformUnavailable,
  type RunningImages,
} from '../../src/ports/platform.ts';

export type PlatformMethod = keyof Platform;
export type PlatformCall = { method: PlatformMethod; target: Target; request?: unknown };

/**
 * - `unavailable`: nothing happens and `PlatformUnavailable` is thrown.
 * - `unavailable-after`: it happens, then `PlatformUnavailable` is thrown: the caller can't know.
 * - `refused`: nothing happens and `PlatformRefused` is thrown.
 * - `hang`: nothing happens and no answer comes until the caller's signal aborts.
 * - `fault`: the adapter itself fails, with a `TypeError`.
 */
export type PlatformFault = {
  method: PlatformMethod;
  kind: 'unavailable' | 'unavailable-after' | 'refused' | 'hang' | 'fault';
  /** Default: every region. */
  region?: string;
  /** How many calls it strikes; default: every call until `mend()`. */
  times?: number;
};

/** How a version behaves once it is put on a target. Default: one look `starting`, then healthy. */
export type Behaviour =
  | { kind: 'healthy'; looks: number }
  | { kind: 'failing'; reason: string }
  | { kind: 'stalling' };

export type FakeImage = { version: string; commit?: string; digest?: string };

type Revision = { name: string; image: FakeImage };
type Service = {
  revisions: Revision[];
  /** Revisions that can't be put back any more. */
  inactive: Set<string>;
  desired: string;
  serving: string;
  looks: number;
};

const tasks = 2;

/** A platform in memory. `calls` and `changes` say what it was asked and what really changed. */
export class FakePlatform implements Platform {
  readonly calls: PlatformCall[] = [];
  /** One line per effect, such as `api/staging/us-east-1 → …/api:2`. */
  readonly changes: string[] = [];
  #services = new Map<string, Service>();
  #behaviours = new Map<string, Behaviour>();
  #images = new Map<string, RunningImages>();
  #faults: PlatformFault[] = [];

  /** Puts a healthy release on a target, as if it had been there for long. Returns its revision. */
  give(target: Target, image: FakeImage): string {
    const service = this.#services.get(keyOf(target));
    const revision = { name: revisionName(target, (service?.revisions.length ?? 0) + 1), image };
    this.#services.set(keyOf(target), {
      revisions: [...(service?.revisions ?? []), revision],
      inactive: service?.inactive ?? new Set(),
      desired: revision.name,
      serving: revision.name,
      looks: 0,
    });
    return revision.name;
  }

  /** How every later look at this version answers, also one that is being started now; in one region or in all. */
  behave(version: string, behaviour: Behaviour, region = ''): void {
    this.#behaviours.set(`${version}/${region}`, behaviour);
  }

  /** What is said of the running images while this version serves. Undefined: the truth. */
  claimImages(version: string, answer: RunningImages | undefined): void {
    if (answer === undefined) this.#images.delete(version);
    else this.#images.set(version, answer);
  }

  break(fault: PlatformFault): void {
    this.#faults.push({ ...fault });
  }

  /** Ends all faults. */
  mend(): void {
    this.#faults = [];
  }

  /** From now on the revision can't be restored. */
  retire(target: Target, revision: string): void {
    this.#find(target).inactive.add(revision);
  }

  /** What is wanted on the target now, whether it runs or not. */
  desired(target: Target): FakeImage & { revision: string } {
    const service = this.#find(target);
    return { revision: service.desired, ...imageOf(service, service.desired) };
  }

  async live(target: Target, options: CallOptions): Promise<Live> {
    return this.#call({ method: 'live', target }, options, () => {
      const service = this.#find(target);
      if (service.desired !== service.serving) {
        throw new PlatformRefused(
          `${title(target)} is being changed: ${service.desired} is not in service yet. Wait until that has ended.`,
        );
      }
      return { place: 'only', revision: service.serving, ...imageOf(service, service.serving) };
    });
  }

  async start(
    target: Target,
    request: { on: 'only'; release: Release },
    options: CallOptions,
  ): Promise<{ revision: string }> {
    return this.#call({ method: 'start', target, request }, options, () => {
      const service = this.#find(target);
      const { version, commit } = request.release;
      const digest = request.release.digests[target.region];
      if (digest === undefined) throw new PlatformRefused(`${version} has no image in ${target.region}.`);
      const latest = service.revisions.at(-1);
      const same = latest !== undefined && latest.image.digest === digest && latest.image.version === version;
      const name = same ? latest.name : revisionName(target, service.revisions.length + 1);
      if (!same)
        service.revisions.push({
          name,
          image: { version, digest, ...(commit === undefined ? {} : { commit }) },
        });
      this.#want(target, service, name);
      return { revision: name };
    });
  }

  async restore(
    target: Target,
    request: { on: 'only'; revision: string; digest?: string },
    options: CallOptions,
  ): Promise<{ revision: string }> {
    return this.#call({ method: 'restore', target, request }, options, () => {
      const service = this.#find(target);
      const known = service.revisions.some((revision) => revision.name === request.revision);
      if (!known || service.inactive.has(request.revision)) {
        throw new PlatformRefused(`${request.revision} cannot run any more. Deploy a release instead.`);
      }
      this.#want(target, service, request.revision);
      return { revision: request.revision };
    });
  }

  async health(
    target: Target,
    request: { on: 'only'; revision: string },
    options: CallOptions,
  ): Promise<Health> {
    return this.#call({ method: 'health', target, request }, options, () => {
      const service = this.#find(target);
      if (service.desired !== request.revision) {
        return {
          kind: 'replaced',
          reason: `Somebody else changed ${title(target)}: it is to run ${service.desired}.`,
        };
      }
      if (service.serving === service.desired) return healthy;
      return this.#look(service, target.region);
    });
  }

  async runningImages(
    target: Target,
    request: { on: 'only'; digest: string },
    options: CallOptions,
  ): Promise<RunningImages> {
    return this.#call({ method: 'runningImages', target, request }, options, () => {
      const { digest, version } = imageOf(this.#find(target), this.#find(target).serving);
      const claimed = this.#images.get(version);
      if (claimed !== undefined) return claimed;
      if (digest === undefined) return { kind: 'unknown', reason: 'The tasks do not report a digest yet.' };
      if (digest === request.digest) return { kind: 'matching', tasks };
      return { kind: 'different', reason: `A task runs ${digest} instead of ${request.digest}.` };
    });
  }

  #look(service: Service, region: string): Health {
    const { version } = imageOf(service, service.desired);
    const behaviour = this.#behaviours.get(`${version}/${region}`) ??
      this.#behaviours.get(`${version}/`) ?? { kind: 'healthy', looks: 1 };
    service.looks += 1;
    switch (behaviour.kind) {
      case 'failing':
        return { kind: 'failed', reason: behaviour.reason };
      case 'stalling':
        return { kind: 'starting', healthy: 0, of: tasks };
      case 'healthy':
        if (service.looks <= behaviour.looks) return { kind: 'starting', healthy: 1, of: tasks };
        service.serving = service.desired;
        return healthy;
    }
  }

  #want(target: Target, service: Service, revision: string): void {
    if (service.desired === revision) return;
    service.desired = revision;
    service.looks = 0;
    this.changes.push(`${keyOf(target)} → ${revision}`);
  }

  #find(target: Target): Service {
    const service = this.#services.get(keyOf(target));
    if (service === undefined) {
      throw new PlatformRefused(`There is no ${title(target)}. Check the service's name in forge.yml.`);
    }
    return service;
  }

  async #call<Answer>(call: PlatformCall, options: CallOptions, act: () => Answer): Promise<Answer> {
    this.calls.push(call);
    options.signal.throwIfAborted();
    const fault = this.#strike(call);
    await new Promise((resolve) => setImmediate(resolve));
    switch (fault?.kind) {
      case 'unavailable':
        throw new PlatformUnavailable(`The platform did not answer ${call.method}.`);
      case 'refused':
        throw new PlatformRefused(`The platform refuses ${call.method}.`);
      case 'fault':
        throw new TypeError(`${call.method} is not a function`);
      case 'hang':
        return aborted(options.signal);
      case 'unavailable-after':
        act();
        throw new PlatformUnavailable(`The connection was cut after ${call.method}.`);
      case undefined:
        return act();
    }
  }

  #strike({ method, target: { region } }: PlatformCall): PlatformFault | undefined {
    const fault = this.#faults.find(
      (each) => each.method === method && each.times !== 0 && (each.region ?? region) === region,
    );
    if (fault?.times !== undefined) fault.times -= 1;
    return fault;
  }
}

const healthy: Health = { kind: 'healthy', running: tasks, detail: `${tasks} of ${tasks} tasks healthy` };

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

function imageOf(service: Service, name: string): FakeImage {
  const revision = service.revisions.find((each) => each.name === name);
  if (revision === undefined) throw new Error(`The fake platform lost revision ${name}`);
  return revision.image;
}

function keyOf(target: Target): string {
  return `${target.service}/${target.environment}/${target.region}`;
}

function title(target: Target): string {
  return `${target.service} in ${target.environment} (${target.region})`;
}

function revisionName(target: Target, number: number): string {
  return `arn:aws:ecs:${target.region}:111111111111:task-definition/${target.service}-${target.environment}:${number}`;
}
