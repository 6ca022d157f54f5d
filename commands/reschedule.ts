import { z } from 'zod';
import { askedAbout } from '../src/domain/approval-standing.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { environmentNamed, serviceNamed } from '../src/domain/policy.ts';
import type { StartDecision } from '../src/domain/start-times.ts';
import { goesOut } from '../views/approval.ts';
import { plainMessage } from '../views/blocks.ts';
import { notThen, rescheduleForm } from '../views/schedule-form.ts';
import { moment, refusal, sentence } from '../views/text.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { fieldTime } from './form-fields.ts';
import { given } from './given.ts';
import { numbered } from './numbered.ts';
import { otherVersion } from './other-version.ts';
import { placeNamed } from './place.ts';
import { placeOf } from './place-of.ts';
import { Time } from './restriction-input.ts';
import { refuseUnknown } from './restriction-place.ts';
import { askWhichTime, requireTime, type Times } from './restriction-times.ts';
import { findTime } from './schedule-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  deployment: z.int(),
  /** Of what the form showed; absent where the time was typed. */
  digest: z.string().optional(),
  at: Time.optional(),
});
type Input = z.infer<typeof Input>;

const Hidden = z.strictObject({ deployment: z.int(), digest: z.string() });

export const reschedule = defineCommand<Input>({
  name: 'reschedule',
  usage: 'reschedule <#number> [time]',
  summary: 'sets another time for a scheduled deployment',
  act: 'schedule',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords,
  fromForm: (values, hidden) => {
    const shown = Hidden.safeParse(hidden);
    if (!shown.success) throw otherVersion('form', shown.error);
    const at = fieldTime(values, 'at');
    return { ...shown.data, ...(at === undefined ? {} : { at }) };
  },
  run,
});

async function fromWords(words: Words, asking: Asking): Promise<Reading> {
  const { forge, person } = asking;
  refuseUnusable(words, 'reschedule', ['strategies', 'regions']);
  const here = { now: forge.now(), zone: person.timeZone };
  const { time, rest } = findTime(words, forge.policy, here);
  const deployment = await numbered({ ...words, rest }, 'reschedule', asking);
  refuseUnknown(
    rest.filter((word) => word !== String(deployment)),
    'reschedule',
    forge.policy,
  );
  if (time === undefined) return { kind: 'input', value: { deployment } };
  const read = requireTime(time.read, time.said, here);
  if (read.kind === 'at') return { kind: 'input', value: { deployment, at: read.at } };
  if (read.kind === 'guess') {
    return { kind: 'reply', reply: asForm(await forge.deployment(deployment), asking, read.at) };
  }
  const options = read.at.map((at, index) => ({
    times: { from: at },
    label: index === 0 ? 'The first time' : 'The second time',
  }));
  const input = ({ from }: Times) => ({ deployment, at: from });
  return askWhichTime({ kind: 'sure', options, said: time.said }, { command: 'reschedule', input }, asking);
}

async function run({ deployment, digest, at }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const before = await forge.deployment(deployment);
  if (at === undefined) return asForm(before, asking);
  const start = await forge.startWhen({
    ...placeNamed(forge.policy, before),
    at,
    by: ownerOf(before, asking),
  });
  if (start.kind === 'must-wait' && start.for !== 'lock') {
    return { kind: 'private', message: plainMessage(notThen(start)) };
  }
  const changed = await forge.reschedule({ deployment, startAt: at, ...given({ digest }) }, caller);
  const text = `#${changed.number} has another time: it starts ${moment(at)}.${asked(changed, start, asking)}`;
  return { kind: 'private', message: plainMessage(text) };
}

function ownerOf({ requestedBy }: Deployment, { caller }: Asking): string {
  return requestedBy.kind === 'person' ? requestedBy.userId : caller.actor.userId;
}

function asked({ environment }: Deployment, start: StartDecision, { forge }: Asking): string {
  const approvals = environmentNamed(forge.policy, environment)?.approvals;
  const votes =
    approvals === undefined ? '' : ' Votes for the other time do not count: people are asked anew.';
  return start.kind === 'may' ? votes : `${votes} ${sentence(refusal(start.why))}`;
}

function asForm(deployment: Deployment, { forge }: Asking, proposed?: number): Reply {
  const { number, service, plan, startAt } = deployment;
  const title = serviceNamed(forge.policy, service)?.title ?? service;
  const at = proposed ?? startAt;
  if (startAt === undefined || at === undefined) {
    const text = `Nothing was done: #${number} is not scheduled. \`/forge schedules\` lists what is.`;
    return { kind: 'private', message: plainMessage(text) };
  }
  const paragraphs = [
    ...goesOut(deployment, title),
    'Whoever sets its time agrees to this. Votes and consent were for the other time: people are asked anew.',
  ];
  const digest = askedAbout(plan, forge.policy.version, startAt);
  return {
    kind: 'form',
    form: rescheduleForm({ deployment: number, digest, paragraphs, at }),
    otherwise: plainMessage(
      `Slack did not let Forge open its form in time, so nothing was done: type the time too, like \`/forge reschedule #${number} tomorrow 02:00\`.`,
    ),
  };
}
