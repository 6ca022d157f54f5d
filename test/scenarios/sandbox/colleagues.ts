import type { Click, Client } from '../../../sandbox/client.ts';
import { type Button, findButton } from '../../../sandbox/find-button.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';
import type { Store } from '../../../src/ports/store.ts';
import { idOf, type Person } from '../reading.ts';
import { CHANNEL, Screens, type Subject, wordsOf } from './screens.ts';
import type { Until } from './until.ts';

type Behind = {
  /** Forge's own record, read from outside. */
  store: Store;
  until: Until;
};

/** The people of the sandbox: what they type, press and read, over its control API. */
export class Colleagues {
  readonly client: Client;
  readonly #screens: Screens;
  readonly #store: Store;
  readonly #until: Until;

  constructor(client: Client, { store, until }: Behind) {
    this.client = client;
    this.#screens = new Screens(client);
    this.#store = store;
    this.#until = until;
  }

  async types(who: Person, words: string, channel = CHANNEL): Promise<void> {
    const delivery = await this.client.command({ as: idOf(who), channel, text: `/forge ${words}` });
    if (!delivery.acked) throw new Error(`Forge did not take “${words}”: ${delivery.error}`);
  }

  /** Types what asks for a deployment and gives its number. */
  asksFor(who: Person, words: string): Promise<number> {
    return this.begins(() => this.types(who, words));
  }

  /** Has the product manager ship a branch of `api`, and gives the id of the shipment. */
  async ships(branch: string): Promise<string> {
    const types = () => this.types('maya', `ship ${branch}`, 'deploys');
    const [shipment = ''] = (await this.isTold('maya', /^S\d+ is on its way/u, types)).split(' ', 1);
    return shipment;
  }

  /** Does what begins a deployment and gives its number. */
  async begins(act: () => Promise<unknown>): Promise<number> {
    const number = await this.#store.nextNumber();
    await act();
    await this.#until(`#${number} is asked for`, () => this.#store.deployment(number));
    return number;
  }

  /** What the person is told privately, and fits, after that was done. */
  async isTold(who: Person, answer: RegExp, act: () => Promise<unknown>): Promise<string> {
    const before = new Set((await this.#screens.privateAnswers(who)).map(({ ts }) => ts));
    await act();
    let answers: string[] = [];
    return this.#until(
      `${who} is told ${answer}`,
      async () => {
        const fresh = (await this.#screens.privateAnswers(who)).filter(({ ts }) => !before.has(ts));
        answers = fresh.map(wordsOf);
        return answers.find((words) => answer.test(words));
      },
      () => `${who} was told: ${answers.join(' / ') || 'nothing'}`,
    );
  }

  /** Presses a button of the message, as soon as it is there, and agrees to Slack's own dialog. */
  async presses(who: Person, words: string, about: Subject): Promise<void> {
    let shown = '';
    const found = await this.#until(
      `${about} has the button ${words}`,
      async () => {
        const message = await this.#screens.messageOf(about);
        if (message === undefined) return undefined;
        shown = wordsOf(message);
        const button = findButton(message.blocks, words);
        return button === undefined ? undefined : { button, message };
      },
      () => shown,
    );
    const { channel, ts } = found.message;
    await this.#clicks({ as: idOf(who), channel, ts }, found.button);
  }

  async pressesOnHome(who: Person, words: string): Promise<void> {
    const home = await this.client.home(idOf(who));
    const button = findButton(home?.view.blocks, words);
    if (home === null || button === undefined)
      throw new Error(`The Home of ${who} has no button “${words}”.`);
    await this.#clicks({ as: idOf(who), view_id: home.id }, button);
  }

  /** Sends the form on top, as soon as there is one that can be sent, and gives what it said. A field is named by its block. */
  async agrees(who: Person, values: Record<string, string> = {}): Promise<string> {
    const as = idOf(who);
    let answers = '';
    const form = await this.#until(
      `${who} has a form`,
      async () => {
        answers = (await this.#screens.privateAnswers(who)).map(wordsOf).join('\n');
        return (await this.client.views(as)).findLast(({ view }) => (view.submit ?? null) !== null);
      },
      () => `${who} was told:\n${answers}`,
    );
    const fields = Object.entries(values).map(([name, value]) => [name, { [name]: value }]);
    const sent = await this.client.submit({ as, view_id: form.id, values: Object.fromEntries(fields) });
    const isTaken = sent.acked && Object.keys(sent.errors ?? {}).length === 0;
    if (!isTaken) throw new Error(`Forge did not take the form: ${JSON.stringify(sent)}`);
    return plainText([form.view.blocks].flat()).join('\n');
  }

  /** Opens the Home and waits until it shows that. */
  async homeShows(who: Person, words: RegExp): Promise<void> {
    await this.client.openHome(idOf(who));
    await this.#untilFits(`the Home of ${who} shows ${words}`, words, () => this.#screens.home(who));
  }

  /** Waits until the message says that, and gives all it says. */
  shows(about: Subject, words: RegExp): Promise<string> {
    return this.#untilFits(`${about} shows ${words}`, words, async () => {
      const message = await this.#screens.messageOf(about);
      return message === undefined ? '' : wordsOf(message);
    });
  }

  /** Waits until the thread says that, and gives all it says. */
  tells(about: Subject, words: RegExp): Promise<string> {
    return this.#untilFits(`the thread of ${about} says ${words}`, words, async () =>
      (await this.#screens.thread(about)).map(wordsOf).join('\n'),
    );
  }

  async deployment(number: number): Promise<Deployment> {
    const found = await this.#store.deployment(number);
    if (found === undefined) throw new Error(`There is no deployment #${number}.`);
    return found;
  }

  async untilPhase(number: number, kind: Deployment['phase']['kind']): Promise<Deployment> {
    await this.#untilFits(`#${number} is ${kind}`, new RegExp(`"kind":"${kind}"`, 'u'), async () =>
      JSON.stringify((await this.deployment(number)).phase),
    );
    return this.deployment(number);
  }

  async untilStarted(number: number): Promise<void> {
    await this.#until(`#${number} has started`, async () => (await this.deployment(number)).startedAt);
  }

  /** Waits until that is what most customers of production get. */
  async untilLive(version: string): Promise<void> {
    await this.#until(`${version} is live`, async () => {
      const { services } = await this.client.state();
      const api = services.find(({ name, environment }) => name === 'api' && environment === 'production');
      return api?.live?.version === version ? api : undefined;
    });
  }

  /** Stops whatever is under way, so that the next story finds production as it was. */
  async endAll(): Promise<void> {
    const store = this.#store;
    for (const { number } of await store.unfinished()) await this.types('elena', `abort #${number}`);
    await this.#until('nothing is under way any more', async () =>
      (await store.unfinished()).length === 0 ? true : undefined,
    );
  }

  async #clicks(place: Pick<Click, 'as' | 'channel' | 'ts' | 'view_id'>, button: Button): Promise<void> {
    const { action_id, value } = button;
    const clicked = await this.client.click({ ...place, action_id, value, confirmed: true });
    if (!clicked.acked) throw new Error(`Forge did not take “${button.text.text}”: ${clicked.error}`);
  }

  #untilFits(what: string, words: RegExp, read: () => Promise<string>): Promise<string> {
    let shown = '';
    const fits = async () => {
      shown = await read();
      return words.test(shown) ? shown : undefined;
    };
    return this.#until(what, fits, () => shown);
  }
}
