import { lookAt } from '../../src/checks/index.ts';
import type { CheckPolicy, CheckVerdict } from '../../src/domain/check.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { keepDescribedWhileChecked } from './description.ts';
import { whatBefell } from './head.ts';
import { later, type Next, next, type Turn } from './turn.ts';

/** Between two looks whether the branch has moved on while a check runs; an answer that is the same costs nothing. Milliseconds. */
const LOOK = 4_000;

/** What is checked before there is a pull request: what needs no image, no environment, and nothing GitHub starts only for one. */
export function checksBefore({ service }: Pick<Turn, 'service'>): CheckPolicy[] {
  return service.checks.filter(
    ({ kind }) => kind === 'command' || kind === 'migrations-safe' || kind === 'changelog',
  );
}

/** Carries out the next check of the branch’s commit, one after the other; the first that does not pass stops it. */
export async function check(turn: Turn): Promise<Next> {
  const befell = await whatBefell(turn);
  if (befell !== undefined) return next(befell);
  const { checks } = turn.shipment;
  const described = checks.length === 0 ? await keepDescribedWhileChecked(turn) : [];
  if (described.length > 0) return next(...described);
  const policy = checksBefore(turn).find(({ name }) => !isPassed(name, checks));
  if (policy === undefined) return next({ type: 'checked' });
  if (!checks.some(({ name }) => name === policy.name))
    return next({ type: 'check-started', check: policy.name });
  const verdict = await verdictOf(policy, turn);
  if (verdict === undefined) return next();
  return written(policy, verdict, turn);
}

function isPassed(name: string, checks: Shipment['checks']): boolean {
  return checks.some((check) => check.name === name && check.state === 'passed');
}

function written(policy: CheckPolicy, verdict: CheckVerdict, { shipment }: Turn): Next {
  const check = policy.name;
  switch (verdict.kind) {
    case 'passed':
      return next({ type: 'check-passed', check, says: verdict.says });
    case 'failed':
    case 'unknown': {
      const { says, tail, more } = verdict;
      const shown = { ...(tail === undefined ? {} : { tail }), ...(more === undefined ? {} : { more }) };
      return next({ type: 'check-failed', check, says, ...shown });
    }
    case 'waiting': {
      const { says, more, lookAgainIn } = verdict;
      const before = shipment.checks.find(({ name }) => name === check);
      const shown = more === undefined ? {} : { more };
      const news: ShipmentEvent[] =
        before?.says === says ? [] : [{ type: 'check-waiting', check, says, ...shown }];
      return later(lookAgainIn, ...news);
    }
  }
}

/** Undefined: the branch moved on meanwhile, so that nobody wants to know any more. */
async function verdictOf(policy: CheckPolicy, turn: Turn): Promise<CheckVerdict | undefined> {
  const { checks, headAt } = turn.shipment;
  const since = checks.find(({ name }) => name === policy.name)?.startedAt ?? headAt;
  const over = new AbortController();
  const moved = new AbortController();
  const watching = watchHead(turn, AbortSignal.any([turn.signal, over.signal]), () => moved.abort());
  try {
    const signal = AbortSignal.any([turn.signal, moved.signal]);
    return await lookAtBranch(policy, { ...turn, signal }, since);
  } catch (error) {
    if (moved.signal.aborted && !turn.signal.aborted) return undefined;
    throw error;
  } finally {
    over.abort();
    await watching;
  }
}

/** `since`: what is not decided in time from then on has failed. Milliseconds since the epoch. */
export async function lookAtBranch(policy: CheckPolicy, turn: Turn, since: number): Promise<CheckVerdict> {
  const { shipment, service, host, world, signal } = turn;
  const { repository, base, head: commit, branch: version } = shipment;
  const into = await host.ref(repository, base, { signal });
  const known = into.kind === 'absent' ? {} : { liveCommit: into.sha };
  const attempt = `shipment ${shipment.id}, ${policy.name}, ${commit}, ${since}`;
  return lookAt(policy, { service, commit, version, ...known }, world, { signal, since, attempt });
}

/** Ends when the signal does. A look that GitHub does not answer is made up for by the next one. */
async function watchHead(turn: Turn, signal: AbortSignal, onMoved: () => void): Promise<void> {
  const { clock } = turn.world;
  try {
    for (;;) {
      await clock.sleep(LOOK, signal);
      if ((await whatBefell({ ...turn, signal }).catch(() => undefined)) === undefined) continue;
      onMoved();
      return;
    }
  } catch {
    // The sleep was ended: so is the check.
  }
}
