import { request } from 'node:http';
import type { HealthCheck, HealthState, Target } from './messages.ts';

export type HealthVerdict = { state: HealthState; reason?: string; description?: string };
type CheckResult = { kind: 'passed' } | { kind: 'failed'; reason: string; description: string };

/** Checks one target until it is stopped and remembers whether it is healthy. */
export class TargetHealth {
  verdict: HealthVerdict = { state: 'initial', reason: 'Elb.RegistrationInProgress' };
  #passes = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  readonly #target: Target;
  readonly #check: HealthCheck;
  readonly #onChange: (verdict: HealthVerdict) => void;

  constructor(target: Target, check: HealthCheck, onChange: (verdict: HealthVerdict) => void) {
    this.#target = target;
    this.#check = check;
    this.#onChange = onChange;
    this.#schedule(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#run(), delayMs);
  }

  async #run(): Promise<void> {
    const result = await ask(this.#target, this.#check);
    if (this.#isStopped) return;
    this.#judge(result);
    this.#schedule(this.#check.intervalMs);
  }

  #judge(result: CheckResult): void {
    const { state } = this.verdict;
    if (result.kind === 'passed') {
      this.#failures = 0;
      this.#passes += 1;
      // The first passing check of a new target is enough, whatever the threshold says.
      if (state === 'initial' || (state === 'unhealthy' && this.#passes >= this.#check.healthyThreshold)) {
        this.#become({ state: 'healthy' });
      }
      return;
    }
    this.#passes = 0;
    this.#failures += 1;
    const { reason, description } = result;
    if (this.#failures >= this.#check.unhealthyThreshold) {
      this.#become({ state: 'unhealthy', reason, description });
    } else if (state === 'initial') {
      this.#become({
        state,
        reason: 'Elb.InitialHealthChecking',
        description: 'Initial health checks in progress',
      });
    }
  }

  #become(verdict: HealthVerdict): void {
    const isNew = verdict.state !== this.verdict.state || verdict.reason !== this.verdict.reason;
    this.verdict = verdict;
    if (isNew) this.#onChange(verdict);
  }
}

function ask(target: Target, check: HealthCheck): Promise<CheckResult> {
  const { host, port } = target;
  const timeout = AbortSignal.timeout(check.timeoutMs);
  return new Promise((resolve) => {
    const sent = request({
      host,
      port,
      path: check.path,
      agent: false,
      signal: timeout,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
    });
    sent.on('response', (response) => {
      response.on('error', () => sent.destroy());
      response.resume();
      resolve(judgeStatus(response.statusCode ?? 0, check.codes));
    });
    sent.on('error', () => resolve(timeout.aborted ? timedOut : refused));
    sent.end();
  });
}

const refused: CheckResult = {
  kind: 'failed',
  reason: 'Target.FailedHealthChecks',
  description: 'Health checks failed',
};
const timedOut: CheckResult = { kind: 'failed', reason: 'Target.Timeout', description: 'Request timed out' };

function judgeStatus(status: number, codes: string): CheckResult {
  if (codes.split(',').some((range) => isWithin(status, range))) return { kind: 'passed' };
  return {
    kind: 'failed',
    reason: 'Target.ResponseCodeMismatch',
    description: `Health checks failed with these codes: [${status}]`,
  };
}

function isWithin(status: number, range: string): boolean {
  const [low, high] = range.split('-').map(Number);
  return low !== undefined && status >= low && status <= (high ?? low);
}
