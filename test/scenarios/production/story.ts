import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { TaskBehaviour } from '../../../sandbox/aws/settings.ts';
import { findButton } from '../../../sandbox/find-button.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import { type Deployment, isFinished } from '../../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { idOf, type Person } from '../reading.ts';
import { Screen } from '../screen.ts';
import { type Happened, happenedIn } from './happened.ts';
import type { ProductionWorld } from './production-world.ts';
import { shownWeights } from './shown-weights.ts';

/** So long something may take on a machine that is busy. Milliseconds. */
const PATIENCE = 150_000;
const LOOK_EVERY = 30;

const Seen = z.object({ generation: z.int().optional() });

const api = { service: 'api', environment: 'production' };

/** Production, in the words a scenario is told in. */
export class Story {
  readonly world: ProductionWorld;
  readonly screen: Screen;

  constructor(world: ProductionWorld) {
    this.world = world;
    this.screen = new Screen(world.slack);
  }

  /** Asks for a deployment as a person would and gives its number. */
  async deploys(version: string, words = ''): Promise<number> {
    const number = await this.world.forge().store.nextNumber();
    await this.types('maya', `deploy api production ${version} ${words}`.trim());
    await this.until(
      `#${number} was asked for`,
      async () => (await this.world.forge().store.deployment(number)) !== undefined,
    );
    return number;
  }

  async types(who: Person, words: string): Promise<void> {
    const { slack } = this.world;
    await this.until(`Forge takes “${words}”`, async () => {
      const taken = await slack.command({ as: idOf(who), channel: 'production', text: `/forge ${words}` });
      // Not connected at that moment: it has not reached Forge, so a person types it again.
      if (!taken.acked && taken.error === 'dispatch_failed') return undefined;
      return true;
    });
  }

  /** Presses a button of the deployment's message and agrees to what it asks: Slack's dialog, or a form of Forge. */
  async clicks(who: Person, button: string, number: number): Promise<void> {
    const { slack } = this.world;
    const as = idOf(who);
    const { message, found } = await this.until(`#${number} has the button ${button}`, async () => {
      const shown = this.screen.messageOf(number);
      const there = findButton(shown?.blocks, button);
      if (shown === undefined || there === undefined) return undefined;
      const { generation } = await this.deployment(number);
      return isOfNow(there.value, generation) && { message: shown, found: there };
    });
    const { action_id, value } = found;
    await slack.click({ as, channel: message.channel, ts: message.ts, action_id, value, confirmed: true });
  }

  /** Sends the form on top once there is one, and gives what it said. */
  async agrees(who: Person, values: Record<string, string> = {}): Promise<string> {
    const { slack } = this.world;
    const form = await this.until(`${who} has a form`, () =>
      slack.views(idOf(who)).findLast(({ view }) => view.submit !== undefined && view.submit !== null),
    );
    const fields = Object.entries(values).map(([name, value]) => [name, { [name]: value }]);
    await slack.submit({ as: idOf(who), view_id: form.id, values: Object.fromEntries(fields) });
    return plainText([form.view.blocks].flat()).join('\n');
  }

  /** Looks until it is so; complains with all there is to know. */
  async until<Value>(
    what: string,
    read: () => Promise<Value | undefined | false> | Value | undefined | false,
  ): Promise<Value> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(LOOK_EVERY)) {
      const value = await read();
      if (value !== undefined && value !== false) return value;
    }
    throw new Error(`It did not come true that ${what}.\n${await this.#whatIs()}`);
  }

  async deployment(number: number): Promise<Deployment> {
    const found = await this.world.forge().store.deployment(number);
    if (found === undefined) throw new Error(`There is no deployment #${number}`);
    return found;
  }

  untilPhase(number: number, kind: Deployment['phase']['kind']): Promise<Deployment> {
    return this.until(`#${number} is ${kind}`, async () => {
      const state = await this.deployment(number);
      if (state.phase.kind !== kind && isFinished(state)) {
        throw new Error(
          `#${number} ended as ${JSON.stringify(state.phase)} instead of ${kind}\n${await this.#whatIs()}`,
        );
      }
      return state.phase.kind === kind && state;
    });
  }

  ended(number: number): Promise<Deployment> {
    return this.until(`#${number} has ended`, async () => {
      const state = await this.deployment(number);
      return isFinished(state) && state;
    });
  }

  /** The question that is open, as soon as there is one. */
  async question(number: number): Promise<string> {
    const { phase } = await this.untilPhase(number, 'held');
    return phase.kind === 'held' ? phase.question : '';
  }

  /** Stops whatever is under way and waits until it has ended. */
  async endsAll(): Promise<void> {
    this.calms();
    for (const { number } of await this.world.forge().store.unfinished()) {
      await this.types('maya', `abort #${number}`);
      await this.ended(number);
    }
  }

  /** Until the step that watches the new colour at that weight is under way. */
  untilBake(number: number, weight: number): Promise<Deployment> {
    return this.untilStep(number, `us-east-1/bake-${weight}`);
  }

  untilStep(number: number, step: string): Promise<Deployment> {
    return this.until(`#${number} is at ${step}`, async () => {
      const state = await this.deployment(number);
      if (isFinished(state)) throw new Error(`#${number} has ended before ${step}\n${await this.#whatIs()}`);
      return state.steps[step]?.kind === 'running' && state;
    });
  }

  /** Everything of that kind that happened to the deployment, oldest first. */
  async happened<Type extends DeploymentEvent['type']>(
    number: number,
    type: Type,
  ): Promise<Happened<Type>[]> {
    return happenedIn(await this.world.forge().store.events(number), type);
  }

  untilHappened<Type extends DeploymentEvent['type']>(number: number, type: Type): Promise<Happened<Type>> {
    return this.until(`${type} happened to #${number}`, async () =>
      (await this.happened(number, type)).at(-1),
    );
  }

  /** Percent of traffic that each shift of the deployment gave to green. */
  async shifts(number: number): Promise<number[]> {
    return (await this.happened(number, 'traffic-intended')).map(({ split }) => split.green);
  }

  /** What the load balancer's rules say, each once: blue and green. */
  weights(): string[] {
    return shownWeights(this.world.aws);
  }

  /** Tasks of an ECS service that run and are to go on. */
  running(service: string): number {
    const { services } = this.world.aws.truth;
    return services.find(({ name }) => name === service)?.desiredCount ?? 0;
  }

  behaves(change: Omit<TaskBehaviour, 'service' | 'environment'>): void {
    this.world.aws.behave({ ...api, ...change });
  }

  /** Everybody behaves as their image does again. */
  calms(): void {
    this.world.aws.change({ behaviours: [], dependency: { latencyMs: 0 } });
  }

  customers(requestsPerSecond: number): Promise<void> {
    return this.world.aws.load({ ...api, requestsPerSecond });
  }

  /** Until requests have failed in so many of the latest seconds in a row. */
  async untilCustomersSuffer(seconds: number): Promise<void> {
    await this.until(`customers suffered for ${seconds} s`, async () => {
      const [state] = await this.world.aws.services();
      const latest = state?.traffic.slice(-seconds) ?? [];
      return latest.length === seconds && latest.every(({ failures }) => failures > 0);
    });
  }

  async #whatIs(): Promise<string> {
    const { store } = this.world.forge();
    const number = (await store.nextNumber()) - 1;
    const events = await store.events(number);
    const told = events
      .slice(-25)
      .map(({ at, event }) => `${new Date(at).toISOString()} ${JSON.stringify(event)}`);
    const warned = this.world.lines.filter((line) => !line.includes('"level":"debug"')).slice(-10);
    return [...told, this.weights().join(' | '), ...warned].join('\n');
  }
}

/** The message may not have followed yet: a button of before is refused, and people press the new one. */
function isOfNow(value: string | undefined, generation: number): boolean {
  const seen = Seen.safeParse(JSON.parse(value ?? '{}')).data?.generation;
  return seen === undefined || seen === generation;
}
