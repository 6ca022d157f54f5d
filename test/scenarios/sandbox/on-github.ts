import type { Client } from '../../../sandbox/client.ts';
import type { GithubState } from '../../../sandbox/client-github.ts';
import type { Until } from './until.ts';

type Repository = GithubState['repositories'][number];
type Pull = Repository['pulls'][number];

const REPOSITORY = 'acme/api';

/** What people do and see at the sandbox's GitHub, in the repository of `api`. Logins are those of its people. */
export class OnGithub {
  readonly #client: Client;
  readonly #until: Until;

  constructor(client: Client, until: Until) {
    this.#client = client;
    this.#until = until;
  }

  /** The commit that the branch has then. `files`: text by path; null takes a file away. */
  async pushes(commit: {
    branch: string;
    message: string;
    files: Record<string, string | null>;
  }): Promise<string> {
    const { branch, message, files } = commit;
    await this.#client.onGithub('commit', { branch, message, files });
    return this.commitOf(branch);
  }

  async pushesByForce(branch: string, to: string): Promise<string> {
    await this.#client.onGithub('force-push', { branch, to });
    return this.commitOf(branch);
  }

  pushesTag(tag: string): Promise<unknown> {
    return this.#client.onGithub('push-tag', { tag });
  }

  deletes(branch: string): Promise<unknown> {
    return this.#client.onGithub('delete-ref', { branch });
  }

  approves(login: string, { number }: Pull): Promise<unknown> {
    return this.#client.onGithub('review', { pull: number, as: login, verdict: 'approve' });
  }

  async commitOf(branch: string): Promise<string> {
    const found = (await this.repository()).branches.find(({ name }) => name === branch);
    if (found === undefined) throw new Error(`GitHub has no branch ${branch}.`);
    return found.sha;
  }

  /** Waits until a pull request of the branch is there and fits. */
  pullOf(branch: string, fits: (pull: Pull) => boolean = () => true): Promise<Pull> {
    let seen: Pull[] = [];
    return this.#until(
      `GitHub has a pull request of ${branch} that fits ${fits}`,
      async () => {
        seen = (await this.repository()).pulls.filter(({ head }) => head.ref === branch);
        return seen.find(fits);
      },
      () => JSON.stringify(seen, undefined, 2),
    );
  }

  /** Waits until GitHub shows so many deployments as live, and gives the commit of each by environment. */
  liveDeployments(count: number): Promise<Record<string, string>> {
    let seen: Repository['deployments'] = [];
    return this.#until(
      `GitHub shows ${count} deployments as live`,
      async () => {
        seen = (await this.repository()).deployments;
        const live = seen.filter(({ statuses }) => statuses.at(-1)?.state === 'success');
        if (live.length !== count) return undefined;
        return Object.fromEntries(live.map(({ environment, sha }) => [environment, sha]));
      },
      () => JSON.stringify(seen, undefined, 2),
    );
  }

  /** Has every push told a second time, and waits until Forge has answered that. */
  async tellsPushesAgain(): Promise<void> {
    const pushes = (await this.#client.github()).webhooks.deliveries.filter(({ event }) => event === 'push');
    for (const { guid } of pushes) {
      await this.#client.onGithub('webhooks', { redeliver: guid });
      await this.#until(`Forge was told of the push ${guid} again`, async () => {
        const { deliveries } = (await this.#client.github()).webhooks;
        const told = deliveries.find((delivery) => delivery.guid === guid)?.attempts;
        return told?.at(-1) === 200 && told.length > 1 ? told : undefined;
      });
    }
  }

  async repository(): Promise<Repository> {
    const found = (await this.#client.github()).repositories.find(({ name }) => name === REPOSITORY);
    if (found === undefined) throw new Error(`GitHub has no ${REPOSITORY}.`);
    return found;
  }
}
