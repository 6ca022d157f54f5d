import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findButton } from '../../sandbox/find-button.ts';
import type { Delivery } from '../../sandbox/parts.ts';
import type { SlackServer } from '../../sandbox/slack/slack.ts';
import type { SmokeProbe } from '../../src/ports/smoke-probe.ts';
import { eventually } from '../eventually.ts';
import type { FakePlatform } from '../fakes/platform.ts';
import type { FakeSourceControl } from '../fakes/source-control.ts';
import { startWorkspace, type TestWorkspace } from '../sandbox/slack/harness.ts';
import { type LogLine, recordingLog } from '../slack/harness.ts';
import { companyWorld, staging } from './company.ts';
import { type ForgeProcess, startForge } from './forge-process.ts';
import { hurriedClock } from './hurried-clock.ts';
import { type Form, type Found, idOf, matches, type Person } from './reading.ts';
import { Screen } from './screen.ts';

/** How much faster than the wall's Forge's own clock runs. */
const SPEED = 10;

/** Forge in the sandbox's Slack, over a platform and releases in memory; in words a scenario is told in. */
export class ForgeInSlack {
  readonly slack: SlackServer;
  readonly screen: Screen;
  readonly setFaults: TestWorkspace['setFaults'];
  readonly platform: FakePlatform;
  readonly sourceControl: FakeSourceControl;
  readonly clock = hurriedClock(SPEED);
  /** Slack's own clock: the wall's, until it leaps. */
  readonly slackClock: ReturnType<typeof hurriedClock>;
  readonly lines: LogLine[] = [];
  /** How the services answer when they are tried out. */
  smoke: SmokeProbe = async () => ({ kind: 'passed' });
  readonly apiUrl: string;
  readonly #folder: string;
  #process: ForgeProcess | undefined;

  constructor(workspace: TestWorkspace, slackClock: ReturnType<typeof hurriedClock>) {
    const { platform, sourceControl } = companyWorld();
    this.slackClock = slackClock;
    this.slack = workspace.slack;
    this.screen = new Screen(workspace.slack);
    this.setFaults = workspace.setFaults;
    this.platform = platform;
    this.sourceControl = sourceControl;
    this.apiUrl = `${workspace.origin}/api/`;
    this.#folder = mkdtempSync(join(tmpdir(), 'forge-scenario-'));
  }

  async start(options: { dyingAfterAck?: boolean } = {}): Promise<void> {
    const { platform, sourceControl, clock } = this;
    const smokeProbe: SmokeProbe = (request, how) => this.smoke(request, how);
    const { file } = this;
    const log = recordingLog(this.lines);
    this.#process = await startForge(
      { file, apiUrl: this.apiUrl, platform, sourceControl, smokeProbe, clock, log },
      options,
    );
  }

  /** Forge's database. */
  get file(): string {
    return join(this.#folder, 'forge.sqlite');
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    await running?.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** The life of Forge that goes on now. */
  get process(): ForgeProcess {
    if (this.#process === undefined) throw new Error('Forge does not run.');
    return this.#process;
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  types(who: Person, words: string, channel = 'deploys'): Promise<Delivery> {
    return this.slack.command({ as: idOf(who), channel, text: `/forge ${words}` });
  }

  /** Presses a button of the deployment's message; `confirmed` agrees to Slack's own dialog. */
  async clicks(who: Person, button: string, number: number): Promise<Delivery> {
    const message = await eventually(() => this.screen.messageOf(number));
    return this.clicksIn(who, button, message);
  }

  async clicksIn(who: Person, button: string, message: Found): Promise<Delivery> {
    const found = findButton(message.blocks, button);
    if (found === undefined) throw new Error(`There is no button “${button}” in: ${message.words}`);
    return this.presses(who, message, { action_id: found.action_id, value: found.value });
  }

  /** The same for a button that was seen earlier, whatever the message shows now. */
  async presses(
    who: Person,
    { channel, ts }: { channel: string; ts: string },
    { action_id, value }: { action_id: string; value?: unknown },
  ): Promise<Delivery> {
    return this.slack.click({ as: idOf(who), channel, ts, action_id, value, confirmed: true });
  }

  opensHome(who: Person): Promise<Delivery> {
    return this.slack.openHome(idOf(who));
  }

  async homeShows(who: Person, words: string | RegExp): Promise<void> {
    await this.#eventually(
      () => matches(this.screen.homeOf(who), words) || undefined,
      () => `The Home of ${who} does not show ${words}, but:\n${this.screen.homeOf(who)}`,
    );
  }

  async clicksHome(who: Person, button: string): Promise<Delivery> {
    const home = this.slack.home(idOf(who));
    const found = findButton(home?.view.blocks, button);
    if (home === undefined || found === undefined) throw new Error(`There is no button “${button}”.`);
    return this.slack.click({ as: idOf(who), view_id: home.id, action_id: found.action_id });
  }

  /** The form the person sees on top, as soon as there is one. */
  form(who: Person): Promise<Form> {
    return eventually(() => this.screen.formNow(who));
  }

  /** Sends the form on top; a field is named by its block. */
  async answers(who: Person, values: Record<string, string> = {}) {
    const { id } = await this.form(who);
    const fields = Object.entries(values).map(([name, value]) => [name, { [name]: value }]);
    return this.slack.submit({ as: idOf(who), view_id: id, values: Object.fromEntries(fields) });
  }

  /** Waits until the person was told so privately. */
  async told(who: Person, words: string | RegExp): Promise<Found> {
    return this.#eventually(
      () => this.screen.privateAnswers(who).find((message) => matches(message.words, words)),
      () =>
        `${who} was not told ${words}, but:\n${this.screen
          .privateAnswers(who)
          .map((one) => one.words)
          .join('\n')}`,
    );
  }

  /** Waits until the deployment's message says so. */
  async shows(number: number, words: string | RegExp): Promise<Found> {
    return this.#eventually(
      () => {
        const message = this.screen.messageOf(number);
        return message !== undefined && matches(message.words, words) ? message : undefined;
      },
      () => `#${number} does not show ${words}, but:\n${this.screen.messageOf(number)?.words}`,
    );
  }

  /** The version that is wanted on the api in staging now. */
  version(service = 'api'): string {
    return this.platform.desired(staging(service)).version;
  }

  async #eventually<Value>(
    read: () => Value | undefined,
    complain: () => string,
  ): Promise<NonNullable<Value>> {
    try {
      return await eventually(read);
    } catch (error) {
      const logged = this.lines.map((line) => `${line.level} ${line.message} ${JSON.stringify(line.fields)}`);
      throw new Error(`${complain()}\n--- log\n${logged.join('\n')}`, { cause: error });
    }
  }
}

/** A new workspace with Forge in it; gone when the test is. */
export async function forgeInSlack({ isStarted = true } = {}): Promise<ForgeInSlack> {
  const slackClock = hurriedClock(1);
  const world = new ForgeInSlack(await startWorkspace({ clock: slackClock }), slackClock);
  onTestFinished(() => world.end());
  if (isStarted) await world.start();
  return world;
}
