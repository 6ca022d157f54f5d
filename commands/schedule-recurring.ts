import { UserError } from '../src/domain/errors.ts';
import type { EnvironmentPolicy, ServicePolicy, StrategyName } from '../src/domain/policy.ts';
import { cronProblem, nextOccurrence } from '../src/domain/recurring.ts';
import { plainMessage, section } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { recurringWords } from '../views/recurring.ts';
import { recurringPlannedWords } from '../views/schedule-form.ts';
import { moment } from '../views/text.ts';
import type { Asking, Reply } from './command.ts';
import { given } from './given.ts';
import { shown } from './shown.ts';

type Input = {
  service: string;
  environment: string;
  ref?: string | undefined;
  strategy?: StrategyName | undefined;
  cron: string;
  zone: string;
  why?: string | undefined;
  isConfirmed?: true | undefined;
};

/** How many times are told before it is saved. */
const TOLD = 3;

/** Says in words what would recur, and saves it once the person has confirmed that. */
export async function scheduleRecurring(
  input: Input,
  { service, environment }: { service: ServicePolicy; environment: EnvironmentPolicy },
  { forge, caller }: Asking,
): Promise<Reply> {
  const { cron, zone, ref, strategy, why } = input;
  const problem = cronProblem(cron);
  if (problem !== undefined) {
    throw new UserError(`Nothing was scheduled: “${shown(cron)}” cannot be, ${problem}`);
  }
  if (environment.approvals !== undefined) {
    throw new UserError(
      `Nothing was scheduled: deployments to ${environment.name} need somebody’s approval each time, so nothing can recur there. Schedule one at a time, like \`/forge schedule ${service.name} ${environment.name} tomorrow 02:00\`.`,
    );
  }
  if (input.isConfirmed !== true) return question(input, { service, environment }, forge.now());
  const recurring = await forge.scheduleRecurring(
    {
      ...{ service, environment, cron, zone },
      ...given({ ref, reason: why }),
      ...(strategy === undefined ? {} : { strategy }),
    },
    caller,
  );
  const { id, owner, nextAt } = recurring;
  const by = owner === caller.actor.userId ? '' : ` already, by <@${owner}>`;
  const text = `${id} is scheduled${by}: ${recurringWords(recurring)}. The next time is ${moment(nextAt)}. To cancel it, type \`/forge unschedule ${id}\`.`;
  return { kind: 'private', message: plainMessage(text) };
}

function question(
  input: Input,
  { service, environment }: { service: ServicePolicy; environment: EnvironmentPolicy },
  now: number,
): Reply {
  const { why, isConfirmed: _not, ...planned } = input;
  const { ref, strategy, cron, zone } = planned;
  const paragraphs = recurringPlannedWords({
    ...{ title: service.title, environment: environment.name, branch: environment.branch, cron, zone },
    ...given({ ref, strategy }),
    times: nextTimes(planned, now),
  });
  const late = 'Slack did not let Forge ask you in time, so nothing was scheduled: type it again.';
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command: 'schedule', title: 'Schedule again and again', paragraphs, yes: 'Schedule' },
      ...{ hidden: planned, ...given({ why }) },
    }),
    otherwise: { text: late, blocks: [...paragraphs.map((one) => section(one)), section(late)] },
  };
}

function nextTimes(planned: { cron: string; zone: string }, now: number): number[] {
  const times: number[] = [];
  for (let time: number | undefined = now; times.length < TOLD; ) {
    time = nextOccurrence(planned, time);
    if (time === undefined) return times;
    times.push(time);
  }
  return times;
}
