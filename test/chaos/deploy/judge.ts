import { sql } from '../../../db/drizzle.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { headline } from '../../../views/deployment-headline.ts';
import { waitUntil } from '../faults/wait-until.ts';
import type { Expectation } from './journey.ts';
import { liveVersion, MAYA, type Stage } from './stage.ts';
import { worldViolations } from './world-violations.ts';

const TITLES = { service: 'Public API' };
/** A call that was late may add something yet, and ECS may still take a task away. Milliseconds. */
const SETTLED_WITHIN = 5_000;

/** Everything that is not as promised, in sentences; empty when all is well. */
export async function judge(stage: Stage, expected: Expectation): Promise<string[]> {
  const judged = async () => [
    ...(await endViolations(stage, expected)),
    ...(await liveViolations(stage, expected)),
    ...(await recordViolations(stage, expected)),
    ...worldViolations(stage, expected),
    ...runViolations(stage),
  ];
  const isRight = async () => ((await judged()).length === 0 ? true : undefined);
  const right = await waitUntil(isRight, SETTLED_WITHIN);
  return [...stage.found, ...stage.world.forge.problems, ...(right === undefined ? await judged() : [])];
}

async function endViolations(stage: Stage, { number, phase }: Expectation): Promise<string[]> {
  const state = await stage.world.store.deployment(number);
  if (state === undefined) return [`#${number} does not exist`];
  const found = messageViolations(stage, state);
  if (state.phase.kind !== phase) {
    const reason = 'reason' in state.phase ? `, because ${state.phase.reason}` : '';
    found.push(`#${number} should be ${phase}, but is ${state.phase.kind}${reason}`);
  }
  if ((await stage.world.store.nextNumber()) !== number + 1) {
    found.push(`there are deployments after #${number}, which nobody asked for`);
  }
  return found;
}

function messageViolations({ world, channel }: Stage, state: Deployment): string[] {
  const { number } = state;
  const found: string[] = [];
  const posted = world.slack.messages(channel, MAYA);
  const own = posted.filter(
    ({ text, threadTs, ephemeral }) => threadTs === undefined && !ephemeral && text.endsWith(`(#${number})`),
  );
  const [message] = own;
  if (message === undefined || own.length > 1) return [`#${number} has ${own.length} messages`];
  const wanted = headline(state, TITLES);
  if (!message.text.includes(wanted)) {
    found.push(`#${number} is “${wanted}”, but its message says “${message.text}”`);
  }
  const unfinished = plainText(message.blocks).filter((line) => line.includes('(in_progress)'));
  if (unfinished.length > 0) found.push(`#${number} has ended and still shows ${unfinished.join(', ')}`);
  const lines = posted.filter(({ threadTs }) => threadTs === message.ts).map(({ text }) => text);
  if (!lines.some((line) => line.includes(`<@${MAYA}>`))) {
    found.push(`the thread of #${number} does not tell Maya how it ended`);
  }
  for (const line of new Set(lines)) {
    const times = lines.filter((other) => other === line).length;
    if (times > 1) found.push(`the thread of #${number} says ${times} times: ${line}`);
  }
  return found;
}

async function liveViolations(stage: Stage, { live }: Expectation): Promise<string[]> {
  const version = await liveVersion(stage);
  return version === live ? [] : [`${version} answers instead of ${live}`];
}

/** What Forge believes of the traffic: else it would take its own weights for somebody else's next time. */
async function recordViolations({ world }: Stage, { weights }: Expectation): Promise<string[]> {
  if (weights === undefined) return [];
  const place = { service: 'api', environment: 'production', region: 'us-east-1' };
  const record = await world.store.traffic(place);
  const [green] = [...world.traffic.moves().values()].map((seen) => seen.at(-1));
  if (record?.split.green === green && record?.confirmedAt !== undefined) return [];
  return [`${green} % of the traffic go to green, and Forge has noted ${JSON.stringify(record)}`];
}

type Run = { id: string; status: string; error: string | null };

/** A run that failed or is stuck has not kept what it promised, whatever the end is. */
function runViolations({ world }: Stage): string[] {
  const lost = world.database.orm.all<Run>(
    sql`SELECT id, status, error FROM run WHERE status IN ('stuck', 'failed')`,
  );
  return lost.map(({ id, status, error }) => `the run ${id} is ${status}: ${error}`);
}
