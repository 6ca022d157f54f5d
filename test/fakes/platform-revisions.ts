import type { Release, Target } from '../../src/domain/release.ts';
import { PlatformRefused, type RunningImages } from '../../src/ports/platform.ts';

export type FakeImage = { version: string; commit?: string; digest?: string };

/** How a version behaves once it is put on a target. Default: one look `starting`, then healthy. */
export type Behaviour =
  | { kind: 'healthy'; looks: number }
  | { kind: 'failing'; reason: string }
  | { kind: 'stalling' };

/** What a service has of the platform it is on. */
export type Surroundings = {
  behaviourOf(version: string): Behaviour;
  claimed(version: string): RunningImages | undefined;
  /** One line per effect. */
  changes: string[];
  /** Moments in which traffic was sent to a colour without healthy targets. */
  outages: string[];
};

/** The revisions of one target, as the fake platform names them. */
export class FakeRevisions {
  readonly #target: Target;
  readonly #family: string;
  readonly #known: { name: string; image: FakeImage }[] = [];
  /** Revisions that can't be put back any more. */
  readonly #inactive = new Set<string>();

  /** `suffix` goes into the name where one target has several families. */
  constructor(target: Target, suffix = '') {
    this.#target = target;
    this.#family = `${target.service}-${target.environment}${suffix}`;
  }

  add(image: FakeImage): string {
    const { region } = this.#target;
    const number = this.#known.length + 1;
    const name = `arn:aws:ecs:${region}:111111111111:task-definition/${this.#family}:${number}`;
    this.#known.push({ name, image });
    return name;
  }

  /** The newest revision when it is of this release, otherwise a new one. */
  of({ version, commit, digests }: Release): string {
    const digest = digests[this.#target.region];
    if (digest === undefined) throw new PlatformRefused(`${version} has no image in ${this.#target.region}.`);
    const latest = this.#known.at(-1);
    if (latest?.image.digest === digest && latest.image.version === version) return latest.name;
    return this.add({ version, digest, ...(commit === undefined ? {} : { commit }) });
  }

  image(name: string): FakeImage {
    const revision = this.#known.find((each) => each.name === name);
    if (revision === undefined) throw new Error(`The fake platform lost revision ${name}`);
    return revision.image;
  }

  retire(name: string): void {
    this.#inactive.add(name);
  }

  refuseUnusable(name: string): void {
    if (this.#known.some((revision) => revision.name === name) && !this.#inactive.has(name)) return;
    throw new PlatformRefused(`${name} cannot run any more. Deploy a release instead.`);
  }
}

export function keyOf(target: Target): string {
  return `${target.service}/${target.environment}/${target.region}`;
}

export function titleOf(target: Target): string {
  return `${target.service} in ${target.environment} (${target.region})`;
}
