import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../../faults.ts';
import type { Happening, Hub } from '../hub.ts';
import { APP, knownAccount } from '../people.ts';
import { ownerView, repositoryView, simpleUser } from '../views/accounts.ts';
import { type Delivery, headersOf, reasonOf } from './delivery.ts';
import type { HookSettings } from './hook-settings.ts';

/** GitHub gives up after ten seconds, and does not try again by itself. */
const ANSWER_WITHIN_MS = 10_000;
const KEPT = 500;
/** How long one waits to be overtaken when nothing follows. */
const OVERTAKEN_WITHIN_MS = 1_000;

/** Tells Forge's web server what happens, by signed requests. */
export class Webhooks {
  readonly #hub: () => Hub;
  readonly #faults: Faults;
  readonly #stopped = new AbortController();
  #settings: HookSettings;
  #deliveries: Delivery[] = [];
  /** The end of the line: each goes when the one before has been answered. */
  #line: Promise<unknown> = Promise.resolve();
  /** While they come out of order: what waits for the next one to overtake it. */
  #held: Delivery | undefined;

  constructor(from: { hub: () => Hub; faults: Faults; settings: HookSettings }) {
    this.#hub = from.hub;
    this.#faults = from.faults;
    this.#settings = from.settings;
  }

  settings(): HookSettings {
    return this.#settings;
  }

  change(change: Partial<HookSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    if (this.#settings.order === 'as-it-happened') this.#release();
  }

  /** The newest last. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  tell(happening: Happening): void {
    const { url, active } = this.#settings;
    if (url === null || !active) return;
    const delivery: Delivery = {
      guid: randomUUID(),
      event: happening.event,
      action: typeof happening.payload.action === 'string' ? happening.payload.action : undefined,
      at: this.#hub().now(),
      body: JSON.stringify(this.#payload(happening)),
      attempts: [],
    };
    this.#deliveries = [...this.#deliveries.slice(-KEPT + 1), delivery];
    if (this.#settings.order === 'swapped' && this.#held === undefined) {
      this.#held = delivery;
      setTimeout(() => {
        if (this.#held === delivery) this.#release();
      }, OVERTAKEN_WITHIN_MS).unref();
      return;
    }
    this.#enqueue(delivery);
    this.#release();
  }

  /** Delivers once more, as a person can ask for. False when there is none, or it is forgotten. */
  redeliver(guid: string): boolean {
    const delivery = this.#deliveries.find((one) => one.guid === guid);
    if (delivery === undefined) return false;
    this.#enqueue(delivery);
    return true;
  }

  /** Resolves once everything that has happened was delivered, or could not be. */
  async settled(): Promise<void> {
    this.#release();
    for (let seen: unknown; seen !== this.#line; ) {
      seen = this.#line;
      await seen;
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#line;
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#enqueue(held);
  }

  #enqueue(delivery: Delivery): void {
    const { copies, delayMs } = this.#settings;
    const due = Date.now() + delayMs;
    this.#line = this.#line.then(async () => {
      await this.#pause(due - Date.now());
      for (let copy = 0; copy < copies; copy += 1) await this.#deliver(delivery);
    });
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const fault = this.#faults.take('github', `deliver:${delivery.event}`);
    if (this.#stopped.signal.aborted) return;
    switch (fault?.kind) {
      case 'error':
      case 'throttle':
      case 'refuse':
      case 'cut-before':
      case 'hang':
        delivery.attempts.push('lost on its way');
        return;
      case 'slow':
        await this.#pause(fault.ms);
        break;
      case 'duplicate':
        await this.#attempt(delivery);
        break;
      // Whether its answer arrives is the same to GitHub: it does not try again.
      case 'cut-after':
      case 'error-after':
      case 'lose-ack':
      case undefined:
        break;
    }
    await this.#attempt(delivery);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { url, secret } = this.#settings;
    if (url === null || this.#stopped.signal.aborted) return;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: headersOf(delivery, secret),
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.#stopped.signal]),
      });
      await response.arrayBuffer();
      delivery.attempts.push(response.status);
    } catch (error) {
      delivery.attempts.push(reasonOf(error));
    }
  }

  #payload({ payload, repository, sender }: Happening): Record<string, unknown> {
    const hub = this.#hub();
    return {
      ...payload,
      repository: repositoryView(hub, repository),
      organization: ownerView(hub),
      sender: simpleUser(hub, knownAccount(sender)),
      installation: { id: APP.installation, node_id: `I_${APP.installation}` },
    };
  }

  async #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stopped.signal.aborted) return;
    const { signal } = this.#stopped;
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      // Stopping ends the pause early; anything else is a fault of ours.
      if (!signal.aborted) throw error;
    });
  }
}
