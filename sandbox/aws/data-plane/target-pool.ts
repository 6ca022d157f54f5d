import { Agent } from 'node:http';
import type { HealthCheck, HealthState, Target, TargetGroup } from './messages.ts';
import { markOf } from './stickiness.ts';
import { type HealthVerdict, TargetHealth } from './target-health.ts';

/**
 * Idle connections to targets are closed after this, far below the 75 s of the services behind: a request is
 * never sent on a connection that its target is about to close.
 */
const idleConnectionMs = 4_000;

export type PoolTarget = { host: string; port: number; agent: Agent };
/** Whose turn it is; `isFailOpen` when no target is healthy and a sick one is tried. */
export type Turn = { target: PoolTarget; isFailOpen: boolean };
type Member = PoolTarget & { isDraining: boolean; health: TargetHealth | undefined };
export type HealthListener = (target: Target, verdict: HealthVerdict) => void;

/** The targets of one target group: who is in turn, who is healthy, who drains. */
export class TargetPool {
  #members = new Map<string, Member>();
  #turn = 0;
  #stickyMs = 0;
  #healthCheck = '';
  readonly #onHealth: HealthListener;

  constructor(onHealth: HealthListener) {
    this.#onHealth = onHealth;
  }

  /** How long a client stays with its target, milliseconds; 0 = not at all. */
  get stickyMs(): number {
    return this.#stickyMs;
  }

  configure(group: TargetGroup): void {
    this.#stickyMs = group.stickyMs;
    const wanted = new Map(group.targets.map((target) => [`${target.host}:${target.port}`, target]));
    for (const [key, member] of this.#members) {
      if (!wanted.has(key)) this.#remove(key, member);
    }
    const healthCheck = JSON.stringify([group.healthCheck, group.isUsed]);
    const isNewCheck = healthCheck !== this.#healthCheck;
    this.#healthCheck = healthCheck;
    for (const [key, target] of wanted) {
      const member = this.#members.get(key) ?? this.#add(key, target);
      if (isNewCheck) stopHealthChecks(member);
      if (target.isDraining) drain(member);
      else if (group.isUsed) member.health ??= this.#watch(target, group.healthCheck);
    }
  }

  /**
   * The next target by turns among the healthy ones. When all are unhealthy, any of them: a load balancer
   * rather tries a sick target than answers 503. `mark` is a client's that wants the target it had before.
   * Undefined when there is none to try.
   */
  next(mark?: string): Turn | undefined {
    const healthy = this.#inState('healthy');
    const isFailOpen = healthy.length === 0;
    const candidates = isFailOpen ? this.#inState('unhealthy') : healthy;
    const bound = mark === undefined ? undefined : candidates.find((one) => isMarked(one, mark));
    if (bound !== undefined) return { target: bound, isFailOpen };
    this.#turn += 1;
    const target = candidates[this.#turn % candidates.length];
    return target === undefined ? undefined : { target, isFailOpen };
  }

  /** How many registered targets there are of each verdict; draining ones are none. */
  hosts(): { registered: number; healthy: number; unhealthy: number } {
    const registered = [...this.#members.values()].filter((member) => !member.isDraining).length;
    const healthy = this.#inState('healthy').length;
    return { registered, healthy, unhealthy: this.#inState('unhealthy').length };
  }

  /** Open connections to the targets, used or idle. */
  connections(): number {
    let open = 0;
    for (const { agent } of this.#members.values()) open += countSockets(agent);
    return open;
  }

  close(): void {
    for (const [key, member] of this.#members) this.#remove(key, member);
  }

  #inState(state: HealthState): Member[] {
    return [...this.#members.values()].filter(
      (member) => !member.isDraining && member.health?.verdict.state === state,
    );
  }

  #add(key: string, target: Target): Member {
    const { host, port } = target;
    const agent = new Agent({ keepAlive: true, timeout: idleConnectionMs });
    const member: Member = { host, port, agent, isDraining: false, health: undefined };
    this.#members.set(key, member);
    return member;
  }

  #watch(target: Target, check: HealthCheck): TargetHealth {
    return new TargetHealth(target, check, (verdict) => this.#onHealth(target, verdict));
  }

  /** The end of draining: what is still in flight is cut. */
  #remove(key: string, member: Member): void {
    stopHealthChecks(member);
    member.agent.destroy();
    this.#members.delete(key);
  }
}

function drain(member: Member): void {
  member.isDraining = true;
  stopHealthChecks(member);
  for (const sockets of Object.values(member.agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

function stopHealthChecks(member: Member): void {
  member.health?.stop();
  member.health = undefined;
}

function isMarked({ host, port }: PoolTarget, mark: string): boolean {
  return markOf(`${host}:${port}`) === mark;
}

function countSockets({ sockets, freeSockets }: Agent): number {
  let count = 0;
  for (const list of [...Object.values(sockets), ...Object.values(freeSockets)]) count += list?.length ?? 0;
  return count;
}
