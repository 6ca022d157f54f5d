import { plainText } from '../../../sandbox/plain-text.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { headline } from '../../../views/deployment-headline.ts';
import { worldViolations } from '../deploy/world-violations.ts';
import type { Ending, Expectation } from './journey.ts';
import { rawWordsIn } from './raw-words.ts';
import { deployment, type Story } from './story.ts';
import { waitUntil } from './wait-until.ts';

/** The service has two tasks; each must answer. */
const TASKS = 2;
const TITLES = { service: 'Public API' };
/**
 * A call that was late may add something yet, ECS may still take an old task away, and lines that waited for Slack are posted
 * one a second. Milliseconds.
 */
const SETTLED_WITHIN = 12_000;

/** Everything that is not as promised, in sentences; empty when all is well. */
export async function judge(story: Story, expected: Expectation): Promise<string[]> {
  const judged = async () => [
    ...(await endingViolations(story, expected)),
    ...(await liveViolations(story, expected)),
    ...doubled(story, expected),
    ...worldViolations(story, expected),
  ];
  const right = await waitUntil(
    async () => ((await judged()).length === 0 ? true : undefined),
    SETTLED_WITHIN,
  );
  return [...story.found, ...(right === undefined ? await judged() : []), ...wordViolations(story)];
}

async function endingViolations(story: Story, expected: Expectation): Promise<string[]> {
  const found: string[] = [];
  for (const ending of endingsOf(story, expected)) {
    const state = await deployment(story, ending.number);
    if (state === undefined) found.push(`#${ending.number} does not exist`);
    else found.push(...endingOf(story, ending, state));
  }
  return found;
}

/** Each refused deployment took a number, and what was expected of that one is expected of the next. */
function endingsOf({ refused }: Story, { endings }: Expectation): Ending[] {
  const [first = 0] = refused;
  const shifted = endings.map(({ number, phase }) => ({
    number: refused.length > 0 && number >= first ? number + refused.length : number,
    phase,
  }));
  return [...shifted, ...refused.map((number) => ({ number, phase: 'refused' as const }))];
}

function endingOf({ screen }: Story, { number, phase }: Ending, state: Deployment): string[] {
  const found: string[] = [];
  const message = screen.deploymentMessages().find((one) => one.number === number)?.message;
  const text = message?.text ?? 'no message';
  if (state.phase.kind !== phase) {
    const reason = 'reason' in state.phase ? `, because ${state.phase.reason}` : '';
    found.push(`#${number} should be ${phase}, but is ${state.phase.kind}${reason}: “${text}”`);
  }
  if (!text.includes(headline(state, TITLES))) {
    found.push(`#${number} is “${headline(state, TITLES)}”, but its message says “${text}”`);
  }
  if (message === undefined) return found;
  const unfinished = plainText(message.blocks).filter((line) => line.includes('(in_progress)'));
  if (unfinished.length > 0) found.push(`#${number} has ended and still shows ${unfinished.join(', ')}`);
  if (!screen.thread(message).some((line) => line.includes('<@U0MAYA>'))) {
    found.push(`the thread of #${number} does not tell Maya how it ended`);
  }
  return found;
}

/** Asked at the public address, as a customer would. */
async function liveViolations({ world }: Story, { live }: Expectation): Promise<string[]> {
  const versions = new Set<string>();
  for (let asked = 0; asked < TASKS; asked += 1) {
    const answer = await fetch(world.url, { headers: { connection: 'close' } });
    await answer.text();
    versions.add(answer.headers.get('x-version') ?? `nothing (${answer.status})`);
  }
  const wrong = [...versions].filter((version) => version !== live);
  return wrong.map((version) => `${version} answers instead of ${live}`);
}

/** What is there more than once and must not be. */
function doubled(story: Story, expected: Expectation): string[] {
  const { screen } = story;
  const endings = endingsOf(story, expected);
  const found: string[] = [];
  const messages = screen.deploymentMessages();
  if (messages.length !== endings.length) {
    found.push(`there are ${messages.length} deployment messages instead of ${endings.length}`);
  }
  for (const { number, message } of messages) {
    const lines = screen.thread(message);
    for (const line of new Set(lines)) {
      const times = lines.filter((other) => other === line).length;
      if (times > 1) found.push(`the thread of #${number} says ${times} times: ${line}`);
    }
  }
  return found;
}

function wordViolations({ screen }: Story): string[] {
  return screen.everything().flatMap((text) => {
    const raw = rawWordsIn(text);
    return raw.length === 0 ? [] : [`people read ${raw.map((one) => `“${one}”`).join(', ')} in: ${text}`];
  });
}
