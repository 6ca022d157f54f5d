import { Agent } from 'node:http';
import type { HealthCheck, Target, TargetGroup } from './messages.ts';
import { type HealthVerdict, TargetHealth } from './target-health.ts';

/**
 * Idle connections to targets are closed after this, far below the 75 s of the services behind: a request is
 * never sent on a connection that its target is about to close.
 */
const idleConnectionMs = 4_000;

export type PoolTarget = { host: string; port: number; agent: Agent };
type Member = PoolTarget & { isDraining: boolean; health: TargetHealth | undefined };
export type HealthListener = (target: Target, verdict: HealthVerdict) => void;

/** The targets of one target group: who is in turn, who is healthy, who drains. */
export class TargetPool {
  #members = new Map<string, Member>();
  #turn = 0;
  #healthCheck = '';
  readonly #onHealth: HealthListener;

  constructor(onHealth: HealthListener) {
    this.#onHealth = onHealth;
  }

  configure(group: TargetGroup): void {
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
   * rather tries a sick target than answers 503. Undefined when there is none to try.
   */
  next(): PoolTarget | undefined {
    const registered = [...this.#members.values()].filter((member) => !member.isDraining);
    const healthy = registered.filter((member) => member.health?.verdict.state === 'healthy');
    const unhealthy = registered.filter((member) => member.health?.verdict.state === 'unhealthy');
    const candidates = healthy.length > 0 ? healthy : unhealthy;
    this.#turn += 1;
    return candidates[this.#turn % candidates.length];
  }

  close(): void {
    for (const [key, member] of this.#members) this.#remove(key, member);
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
