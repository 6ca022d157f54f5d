import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { callAws } from '../../aws/call.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { type DeadManPolicy, environmentNamed, type Policy } from '../../domain/policy.ts';
import type { Colour, Target } from '../../domain/release.ts';
import { splitTo } from '../../domain/traffic.ts';
import type { DeadManSwitch } from '../../ports/dead-man-switch.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import { coloursOf } from './place.ts';
import { withSplit } from './rule-actions.ts';
import { deleteSchedule, findSchedule, putSchedule, updateSchedule } from './schedules.ts';
import { isPending, type SwitchSchedule, scheduleName, switchSchedule } from './switch-schedule.ts';

export type DeadManSwitchOptions = {
  policy: Policy;
  clients: AwsClients;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** AWS may carry out what it did not answer for so long. Default: 30 s. */
  lateWithin?: number;
};

/**
 * A dead-man switch of EventBridge Scheduler: one schedule for each listener rule of the target, which calls ModifyRule by
 * itself. What the rules do besides is read and kept each time.
 */
export function createDeadManSwitch(options: DeadManSwitchOptions): DeadManSwitch {
  const { policy, clients, now = Date.now, lateWithin = 30_000 } = options;
  const unclear = new Map<string, number>();
  const mayStillCome = (rule: string) => now() - (unclear.get(rule) ?? Number.NEGATIVE_INFINITY) < lateWithin;
  const acting = (target: Target) => clients.in(target.region).act;
  return {
    async arm(target, request, { signal }) {
      const { title, schedules } = await plan(target, request, signal);
      const what = `set the dead-man switch of ${title}`;
      await forEach(schedules, ([rule, schedule]) => {
        const onUnclear = () => unclear.set(rule, now());
        return putSchedule(acting(target).scheduler, schedule, {
          name: scheduleName(rule),
          what,
          signal,
          onUnclear,
        });
      });
    },
    async extend(target, request, { signal }) {
      const { title, schedules } = await plan(target, request, signal);
      const what = `put off the dead-man switch of ${title}`;
      const found = await forEach(schedules, ([rule, schedule]) =>
        updateSchedule(acting(target).scheduler, schedule, { name: scheduleName(rule), what, signal }),
      );
      return found.every(Boolean) ? 'extended' : 'gone';
    },
    async disarm(target, { signal }) {
      const colours = coloursOf(policy, target);
      const what = `take the dead-man switch of ${colours.title} away`;
      await forEach(colours.rules, (rule) =>
        deleteSchedule(acting(target).scheduler, { name: scheduleName(rule), what, signal }),
      );
    },
    async read(target, { signal }) {
      const colours = coloursOf(policy, target);
      const what = `read the dead-man switch of ${colours.title}`;
      const { scheduler } = clients.in(target.region).poll;
      const states = await forEach(colours.rules, async (rule) => {
        const found = await findSchedule(scheduler, { name: scheduleName(rule), what, signal });
        if (found === undefined) return mayStillCome(rule) ? 'unsure' : 'gone';
        return isPending(found, now()) ? 'armed' : 'unsure';
      });
      const [first] = states;
      return first === undefined || first === 'unsure' || new Set(states).size > 1 ? 'partly' : first;
    },
  };

  /** What each rule's schedule is to be. */
  async function plan(
    target: Target,
    { to, at }: { to: Colour; at: number },
    signal: AbortSignal,
  ): Promise<{ title: string; schedules: [rule: string, schedule: SwitchSchedule][] }> {
    const colours = coloursOf(policy, target);
    const { after, role } = deadManOf(policy, target);
    const command = new DescribeRulesCommand({ RuleArns: colours.rules });
    const answer = await callAws(`read the listener rules of ${colours.title}`, signal, (call) =>
      acting(target).loadBalancing.send(command, call),
    );
    const schedules = colours.rules.map((arn): [string, SwitchSchedule] => {
      const rule = answer.Rules?.find(({ RuleArn }) => RuleArn === arn);
      if (rule === undefined)
        throw new PlatformUnavailable(`AWS left out a listener rule of ${colours.title}.`);
      const actions = withSplit(rule.Actions ?? [], splitTo(to, 100), colours);
      return [arn, switchSchedule({ arn, actions }, { at, after, role })];
    });
    return { title: colours.title, schedules };
  }
}

function deadManOf(policy: Policy, target: Target): DeadManPolicy {
  const deadMan = environmentNamed(policy, target.environment)?.deadMan;
  if (deadMan !== undefined) return deadMan;
  throw new PlatformRefused(
    `forge.yml turns the dead-man switch of ${target.environment} off. Describe it there to use it.`,
  );
}

/** All of them side by side; the first failure is told when every one has ended, so that none goes on unseen. */
async function forEach<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const settled = await Promise.allSettled(items.map(act));
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
