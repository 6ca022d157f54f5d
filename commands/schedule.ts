import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import type { EnvironmentPolicy, ServicePolicy } from '../src/domain/policy.ts';
import type { StartDecision } from '../src/domain/start-times.ts';
import { plainMessage, section } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { notThen, plannedWords } from '../views/schedule-form.ts';
import { code, escaped, moment } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { filledIn, outlookOf } from './filled-in.ts';
import { fieldText, fieldTime } from './form-fields.ts';
import { given } from './given.ts';
import { placeMisfit, placeNamed } from './place.ts';
import { Reason } from './reason.ts';
import { Ref } from './ref.ts';
import { Time } from './restriction-input.ts';
import { formFor, scheduleFromWords } from './schedule-reading.ts';
import { scheduleRecurring } from './schedule-recurring.ts';
import { shown } from './shown.ts';
import { Strategy } from './strategy.ts';

const name = (what: string) => z.string({ error: `Choose ${what}.` }).min(1, `Choose ${what}.`);

const Planned = z.strictObject({
  service: name('a service'),
  environment: name('an environment'),
  ref: Ref.optional(),
  strategy: Strategy.optional(),
  at: Time.optional(),
  /** Instead of `at`: again and again, by the wall clock of the zone. */
  cron: z.string().max(100).optional(),
  zone: z.string().optional(),
});
/** `isConfirmed`: the person has seen what it comes to. */
const Input = Planned.extend({ why: Reason, isConfirmed: z.literal(true).optional() }).refine(
  ({ at, cron }) => at !== undefined || cron !== undefined,
  { path: ['at'], error: 'Choose a day and a time.' },
);
type Input = z.infer<typeof Input>;

export const schedule = defineCommand<Input>({
  name: 'schedule',
  usage:
    'schedule [service] <environment> [version, branch or commit] [rolling, blue-green or canary] <time, or every … HH:MM> [because …]',
  summary: 'puts a release on a service later, at a time of yours; asks who must approve it now',
  act: 'schedule',
  place: ({ service, environment }) => ({ service, environment }),
  input: Input,
  fromWords: scheduleFromWords,
  fromForm: (values, hidden) => {
    const planned = Planned.safeParse(hidden);
    const why = given({ why: fieldText(values, 'why') });
    if (planned.success) return { ...planned.data, ...why, isConfirmed: true };
    return {
      ...{ service: fieldText(values, 'service'), environment: fieldText(values, 'environment') },
      ...given({ ref: fieldText(values, 'ref'), strategy: fieldText(values, 'strategy') }),
      ...{ at: fieldTime(values, 'at'), ...why },
    };
  },
  refreshed: async (values, asking) => {
    const at = fieldTime(values, 'at');
    const content = { ...filledIn(values), ...(at === undefined ? {} : { at }) };
    return formFor(content, await outlookOf(content, asking), asking);
  },
  misfit: (input, policy) => placeMisfit(policy, input),
  run,
});

async function run(input: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const { at, ref, why, cron, zone = 'UTC' } = input;
  const place = placeNamed(forge.policy, input);
  if (cron !== undefined) return scheduleRecurring({ ...input, cron, zone }, place, asking);
  if (at === undefined) throw new UserError('Nothing was scheduled: name a time.');
  const start = await forge.startWhen({ ...place, at, by: caller.actor.userId });
  if (at <= forge.now()) throw new UserError('Nothing was scheduled: that time is past. Name a later one.');
  // A lock may be ended any time; what is forbidden or frozen stays so.
  if (start.kind === 'must-wait' && start.for !== 'lock') {
    return { kind: 'private', message: plainMessage(notThen(start)) };
  }
  const isReasonNeeded = start.kind === 'needs-consent';
  if (input.isConfirmed !== true) {
    await nothingScheduled(forge.requireFree({ ...place, startAt: at }));
    if (ref !== undefined && !(await forge.isRelease(place, ref)))
      throw new UserError(unknownRelease(ref, place));
    return question({ ...input, at }, { place, start, isReasonNeeded }, asking);
  }
  if (isReasonNeeded && why === undefined) {
    throw new UserError(
      'Nothing was scheduled: it is no preferred time, so say why. Type it again with `because …`.',
    );
  }
  const strategy = input.strategy === undefined ? {} : { strategy: input.strategy };
  const request = { ...place, startAt: at, ...given({ ref, why }), ...strategy };
  const outcome = await nothingScheduled(forge.requestDeployment(request, caller));
  switch (outcome.kind) {
    case 'repeated':
    case 'requested': {
      const { deployment } = outcome;
      if (deployment === undefined) return { kind: 'silent' };
      const { channel, name: environment } = place.environment;
      const text = `#${deployment} of ${escaped(place.service.title)} to ${environment} is scheduled: it starts ${moment(at)}. Its message in <#${channel}> shows what it waits for. To change or cancel it: \`/forge reschedule #${deployment} …\`, \`/forge unschedule #${deployment}\`.`;
      return { kind: 'private', message: plainMessage(text) };
    }
    case 'ambiguous': {
      const named = outcome.candidates.map(({ version }) => code(version)).join(', ');
      throw new UserError(
        `Nothing was scheduled: “${shown(outcome.ref)}” could be any of ${named}. Type more of it.`,
      );
    }
  }
}

/** Whoever reads why it cannot be must not wonder whether it is scheduled all the same. */
async function nothingScheduled<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`Nothing was scheduled: ${error.message}`);
    throw error;
  }
}

type Place = { service: ServicePolicy; environment: EnvironmentPolicy };

/** Says in words what is about to be scheduled. */
function question(
  input: Input & { at: number },
  { place, start, isReasonNeeded }: { place: Place; start: StartDecision; isReasonNeeded: boolean },
  { person }: Asking,
): Reply {
  const { why, isConfirmed: _not, ...planned } = input;
  const { service, environment } = place;
  const { windows, approvals, branch } = environment;
  const paragraphs = plannedWords({
    ...{ title: service.title, environment: environment.name, branch, at: input.at, start },
    ...given({ ref: input.ref, strategy: input.strategy }),
    zones: [person.timeZone, ...(windows === undefined ? [] : [windows.zone])],
    approvals: approvals?.needs ?? [],
  });
  const late = 'Slack did not let Forge ask you in time, so nothing was scheduled: type it again.';
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command: 'schedule', title: 'Schedule', paragraphs, yes: 'Schedule', hidden: planned },
      ...{ isReasonNeeded, ...given({ why }) },
    }),
    otherwise: { text: late, blocks: [...paragraphs.map((one) => section(one)), section(late)] },
  };
}

function unknownRelease(ref: string, { service }: Place): string {
  return `Nothing was scheduled: ${service.title} has no release called “${shown(ref)}”. \`/forge status\` shows what there is.`;
}
