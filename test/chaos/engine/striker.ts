import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { endedWithin, endingOf, type Fleet, type Worker } from './fleet.ts';
import { drawStrike, type Strike } from './strikes.ts';

/** A kill and what its victim was doing, or a leader that was frozen while another took its place. */
export type StrikeRecord = { kind: Strike['kind']; worker: number; phase: string; at: number };

/** A leader whose lock was taken from it while it was frozen, in milliseconds since the epoch. */
export type Usurpation = { worker: number; frozenAt: number; releasedAt: number };

type Parts = {
  folder: string;
  fleet: Fleet;
  random: Random;
  /** False while a process is in the middle of a write to a file that the harness writes too. */
  isWritable: () => boolean;
  /** How many kills there should have been by now. */
  killsDue: () => number;
};

const patienceMs = 60_000;
/** A process that lost its lock finds out at its next look. */
const noticeMs = 20_000;
/** Kills come in bursts of so many, so that a slow machine gets on between them. */
const burst = 5;

/** Kills, freezes and deceives workers, one strike after the other. */
export class Striker {
  readonly records: StrikeRecord[] = [];
  readonly usurpations: Usurpation[] = [];
  /** Time spans in which a process was frozen, in milliseconds since the epoch. */
  readonly frozen: { from: number; until: number }[] = [];
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get kills(): number {
    return this.records.filter(({ kind }) => kind !== 'stop-leader' && kind !== 'usurp-leader').length;
  }

  /** Strikes until `end` aborts. */
  async work(end: AbortSignal): Promise<void> {
    const isOver = () => end.aborted;
    while (!isOver()) {
      const due = this.kills + burst;
      for (let left = burst; left > 0 && !isOver(); left -= 1) {
        await this.#strike(drawStrike(this.#parts.random));
      }
      while (this.#parts.killsDue() < due && !isOver()) await sleep(20);
    }
  }

  async #strike(strike: Strike): Promise<void> {
    await this.#someLeader();
    await sleep(strike.afterMs);
    const { fleet } = this.#parts;
    const { leader, workers } = fleet;
    switch (strike.kind) {
      case 'kill-anybody':
        return this.#kill(strike, workers[Math.floor(strike.victim * workers.length)]);
      case 'kill-both':
        for (const worker of workers) this.#kill(strike, worker);
        return;
      case 'kill-leader':
        return this.#kill(strike, leader);
      case 'freeze-leader':
      case 'freeze-and-kill-leader':
        return leader && this.#freeze(strike, leader);
      case 'usurp-leader':
        return leader && this.#usurp(strike, leader);
      case 'stop-leader':
        return leader && this.#stop(strike, leader);
    }
  }

  async #someLeader(): Promise<void> {
    const end = Date.now() + patienceMs;
    while (this.#parts.fleet.leader === undefined) {
      if (Date.now() > end) throw new Error('Nobody has led for a minute');
      await sleep(5);
    }
  }

  #kill(strike: Strike, worker: Worker | undefined): void {
    if (worker === undefined || worker.isDoomed) return;
    worker.isDoomed = true;
    this.#note(strike, worker);
    worker.child.kill('SIGKILL');
  }

  /** Wherever it is, also in the middle of a write: then everybody waits for it. */
  async #freeze(strike: Strike, worker: Worker): Promise<void> {
    const from = Date.now();
    worker.isFrozen = true;
    worker.child.kill('SIGSTOP');
    await sleep(strike.lastsMs);
    if (strike.kind === 'freeze-and-kill-leader') this.#kill(strike, worker);
    worker.child.kill('SIGCONT');
    worker.isFrozen = false;
    this.frozen.push({ from, until: Date.now() });
  }

  /** Lets another lead while this one is frozen, which no lock file that is left alone allows. */
  async #usurp(strike: Strike, worker: Worker): Promise<void> {
    const { folder, fleet } = this.#parts;
    const from = Date.now();
    if (!(await this.#freezeBetweenWrites(worker))) return;
    const frozenAt = Date.now();
    worker.isFrozen = true;
    worker.isDoomed = true;
    rmSync(join(folder, 'forge.db.lock'), { force: true });
    await this.#someLeader();
    await sleep(strike.lastsMs / 2);
    if (strike.lastsMs < 250) this.#kill({ ...strike, kind: 'kill-leader' }, fleet.leader);
    const releasedAt = Date.now();
    this.usurpations.push({ worker: worker.number, frozenAt, releasedAt });
    this.frozen.push({ from, until: releasedAt });
    this.#note(strike, worker);
    worker.child.kill('SIGCONT');
    await endedWithin(noticeMs, worker);
    if (worker.child.exitCode === 70) return;
    fleet.complaints.push(`worker ${worker.number} did not notice that another leads ${endingOf(worker)}`);
    worker.child.kill('SIGKILL');
  }

  /** False: it was always in the middle of a write. */
  async #freezeBetweenWrites({ child }: Worker): Promise<boolean> {
    for (let tries = 0; tries < 20; tries += 1) {
      child.kill('SIGSTOP');
      // The signal is on its way for a moment.
      await sleep(5);
      if (this.#parts.isWritable()) return true;
      child.kill('SIGCONT');
      await sleep(10);
    }
    return false;
  }

  async #stop(strike: Strike, worker: Worker): Promise<void> {
    this.#note(strike, worker);
    this.#parts.fleet.stop(worker);
    await endedWithin(patienceMs, worker);
    if (worker.child.exitCode === 0) return;
    this.#parts.fleet.complaints.push(
      `worker ${worker.number} did not stop as it was asked to ${endingOf(worker)}`,
    );
    worker.child.kill('SIGKILL');
  }

  #note({ kind }: Strike, worker: Worker): void {
    const phase = worker.isFrozen ? 'frozen' : worker.state;
    this.records.push({ kind, worker: worker.number, phase, at: Date.now() });
  }
}
