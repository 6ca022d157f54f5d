import type { Live, Release, Target } from '../../src/domain/release.ts';
import { type Health, PlatformRefused, type RunningImages } from '../../src/ports/platform.ts';
import { type FakeImage, FakeRevisions, keyOf, type Surroundings, titleOf } from './platform-revisions.ts';

const tasks = 2;

const healthy: Health = { kind: 'healthy', running: tasks, detail: `${tasks} of ${tasks} tasks healthy` };

/** A service without colours in memory. Each look at its health is one look at what is starting. */
export class FakeOnly {
  readonly #target: Target;
  readonly #around: Surroundings;
  readonly #revisions: FakeRevisions;
  #wanted = '';
  #serving = '';
  #looks = 0;

  constructor(target: Target, around: Surroundings) {
    this.#target = target;
    this.#around = around;
    this.#revisions = new FakeRevisions(target);
  }

  give(image: FakeImage): string {
    const revision = this.#revisions.add(image);
    this.#wanted = revision;
    this.#serving = revision;
    this.#looks = 0;
    return revision;
  }

  retire(revision: string): void {
    this.#revisions.retire(revision);
  }

  desired(): FakeImage & { revision: string } {
    return { revision: this.#wanted, ...this.#revisions.image(this.#wanted) };
  }

  live(): Live {
    if (this.#wanted !== this.#serving) {
      throw new PlatformRefused(
        `${titleOf(this.#target)} is being changed: ${this.#wanted} is not in service yet. Wait until that has ended.`,
      );
    }
    return { place: 'only', revision: this.#serving, ...this.#revisions.image(this.#serving) };
  }

  start(release: Release): { revision: string } {
    const revision = this.#revisions.of(release);
    this.#want(revision);
    return { revision };
  }

  restore(revision: string): { revision: string } {
    this.#revisions.refuseUnusable(revision);
    this.#want(revision);
    return { revision };
  }

  health(revision: string): Health {
    if (this.#wanted !== revision) {
      const reason = `Somebody else changed ${titleOf(this.#target)}: it is to run ${this.#wanted}.`;
      return { kind: 'replaced', reason };
    }
    return this.#serving === this.#wanted ? healthy : this.#look();
  }

  runningImages(wanted: string): RunningImages {
    const { digest, version } = this.#revisions.image(this.#serving);
    const claimed = this.#around.claimed(version);
    if (claimed !== undefined) return claimed;
    if (digest === undefined) return { kind: 'unknown', reason: 'The tasks do not report a digest yet.' };
    if (digest === wanted) return { kind: 'matching', tasks };
    return { kind: 'different', reason: `A task runs ${digest} instead of ${wanted}.` };
  }

  #look(): Health {
    const behaviour = this.#around.behaviourOf(this.#revisions.image(this.#wanted).version);
    this.#looks += 1;
    switch (behaviour.kind) {
      case 'failing':
        return { kind: 'failed', reason: behaviour.reason };
      case 'stalling':
        return { kind: 'starting', healthy: 0, of: tasks };
      case 'healthy':
        if (this.#looks <= behaviour.looks) return { kind: 'starting', healthy: 1, of: tasks };
        this.#serving = this.#wanted;
        return healthy;
    }
  }

  #want(revision: string): void {
    if (this.#wanted === revision) return;
    this.#wanted = revision;
    this.#looks = 0;
    this.#around.changes.push(`${keyOf(this.#target)} → ${revision}`);
  }
}
