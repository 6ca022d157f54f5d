import { createAppAuth } from '@octokit/auth-app';
import type { Octokit } from '@octokit/core';
import { z } from 'zod';
import { CodeHostRefused, type Repository } from '../ports/code-host.ts';
import { type GithubCredentials, pemOf } from './credentials.ts';
import { createOctokit, type OctokitSettings } from './octokit.ts';
import { METADATA } from './permissions.ts';
import { partsOf } from './repository-name.ts';
import { type Call, readAnswer, type SendOptions, send } from './send.ts';

/** A client that may see a repository. */
export type Connection = {
  octokit: Octokit;
  /** Whose limits it uses up. */
  who: string;
  /** Lets git read one repository; with an App it is good for nothing else. A secret. */
  readToken(repository: Repository): Promise<ReadToken>;
};

export type ReadToken = { token: string; isScoped?: true };

/** The App's installation in a repository, as far as it is used. */
export const Installation = z.object({
  id: z.number(),
  permissions: z.record(z.string(), z.string().optional()),
  suspended_at: z.string().nullish(),
});
export type Installation = z.infer<typeof Installation>;

/** Signs in: one client for a token, one for each installation of an App. */
export type Connections = {
  of(repository: Repository, options: SendOptions): Promise<Connection>;
  /** Looks for the installation anew the next time. */
  forget(repository: Repository): void;
  /** The App's installation as it is now; undefined where Forge signs in with a token. */
  installation(repository: Repository, options: SendOptions): Promise<Installation | undefined>;
};

const Token = z.object({ token: z.string().min(1) });

export function createConnections(credentials: GithubCredentials, settings: OctokitSettings): Connections {
  if (credentials.kind === 'app') return appConnections(credentials, settings);
  const { token } = credentials;
  const connection: Connection = {
    octokit: createOctokit({ auth: token }, settings),
    who: 'token',
    readToken: async () => ({ token }),
  };
  return { of: async () => connection, forget: () => undefined, installation: async () => undefined };
}

function appConnections(
  { appId, privateKey }: Extract<GithubCredentials, { kind: 'app' }>,
  settings: OctokitSettings,
): Connections {
  const installations = new Map<Repository, number>();
  const connections = new Map<number, Connection>();
  let app: Octokit | undefined;

  const clientOf = (ids: { installationId?: number }): Octokit => {
    const auth = { appId, privateKey: pemOf(privateKey), ...ids };
    return createOctokit({ authStrategy: createAppAuth, auth }, settings);
  };

  function connectionOf(installationId: number): Connection {
    const known = connections.get(installationId);
    if (known !== undefined) return known;
    const octokit = clientOf({ installationId });
    const connection: Connection = {
      octokit,
      who: `installation ${installationId}`,
      async readToken(repository) {
        const only = { repositoryNames: [partsOf(repository).repo], permissions: { contents: 'read' } };
        const { token } = Token.parse(await octokit.auth({ type: 'installation', ...only }));
        return { token, isScoped: true };
      },
    };
    connections.set(installationId, connection);
    return connection;
  }

  async function installation(repository: Repository, options: SendOptions): Promise<Installation> {
    app ??= clientOf({});
    const call = callFor(repository);
    try {
      return readAnswer((await send(app, call, options)).data, call);
    } catch (error) {
      throw notInstalled(error, repository);
    }
  }

  return {
    installation,
    async of(repository, options) {
      const id = installations.get(repository) ?? (await installation(repository, options)).id;
      installations.set(repository, id);
      return connectionOf(id);
    },
    forget(repository) {
      const id = installations.get(repository);
      installations.delete(repository);
      if (id !== undefined) connections.delete(id);
    },
  };
}

function callFor(repository: Repository): Call<Installation> {
  return {
    what: `find Forge’s GitHub App in ${repository}`,
    needs: METADATA,
    route: 'GET /repos/{owner}/{repo}/installation',
    parameters: partsOf(repository),
    answer: Installation,
  };
}

function notInstalled(error: unknown, repository: Repository): unknown {
  if (!(error instanceof CodeHostRefused) || error.why !== 'not-found') return error;
  return new CodeHostRefused(
    `Forge’s GitHub App is not installed in ${repository}, or there is no such repository. Install it there, or correct the name in forge.yml.`,
    'not-found',
    { cause: error.cause },
  );
}
