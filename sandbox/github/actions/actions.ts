import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { publishImage } from '../../aws/ecr/publish.ts';
import { behaviourNamed } from '../../sample-service/behaviours.ts';
import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import type { Names } from './expressions.ts';

export type Push = Parameters<typeof publishImage>[0];

/** What an action works on. */
export type ActionContext = {
  /** What stands under `with`. */
  inputs: Readonly<Record<string, string>>;
  workspace: string;
  /** What the jobs of a run hand on to each other: a folder for each, by name. */
  artifacts: string;
  names: Names;
  gitDirectory: string;
  /** Runs a command in the workspace; its exit code. */
  run(words: readonly [string, ...string[]]): Promise<number>;
  say(line: string): void;
  publish(push: Push): readonly { digest: string }[];
};

/** What the actions of the samples' workflows do here, whatever their version. They throw an error that the log shows. */
export const actions: Record<string, (context: ActionContext) => Promise<void>> = {
  'actions/checkout': checkOut,
  'actions/setup-node': async ({ run }) => {
    await run(['node', '--version']);
  },
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'aws-actions/configure-aws-credentials': async ({ inputs, say }) => {
    if (inputs['role-to-assume'] === undefined)
      throw new Error('Input required and not supplied: role-to-assume');
    say(`Assuming role ${inputs['role-to-assume']} by OIDC in ${inputs['aws-region'] ?? ''}`);
  },
  'aws-actions/amazon-ecr-login': async ({ say }) => say('Login Succeeded'),
  'docker/setup-buildx-action': async ({ say }) => say('Booting builder'),
  'docker/build-push-action': buildAndPush,
};

async function checkOut({ inputs, names, gitDirectory, run, say }: ActionContext): Promise<void> {
  const { ref = names.github.sha ?? '' } = inputs;
  if ((await run(['git', 'clone', '--quiet', '--no-checkout', gitDirectory, '.'])) !== 0) {
    throw new Error('The repository could not be fetched.');
  }
  for (const name of [`refs/remotes/origin/${ref}`, `refs/tags/${ref}`, ref]) {
    const exists = await run(['git', 'rev-parse', '--quiet', '--verify', `${name}^{commit}`]);
    if (exists !== 0) continue;
    if ((await run(['git', 'checkout', '--quiet', '--detach', `${name}^{commit}`])) === 0) return;
  }
  say(`A branch or tag with the name '${ref}' could not be found`);
  throw new Error(`fatal: reference is not a tree: ${ref}`);
}

/** The image is what `npm run build` made of the commit, as the Dockerfiles of the samples say. */
async function buildAndPush({ inputs, workspace, run, say, publish }: ActionContext): Promise<void> {
  const dockerfile = await textIn(workspace, 'Dockerfile');
  if (dockerfile === undefined)
    throw new Error('failed to read dockerfile: open Dockerfile: no such file or directory');
  if ((await textIn(workspace, 'dist/main.js')) === undefined) throw new Error('"/dist": not found');
  const commit = await checkedOut(run, workspace);
  const labels = new Map(linesOf(inputs.labels).map((line) => splitAt(line)));
  const banner = await textIn(workspace, 'dist/banner.txt');
  const behaviour = behaviourNamed((await textIn(workspace, 'dist/behaviour.txt')) ?? '');
  const references = linesOf(inputs.tags);
  if (!/(^|,)push=true(,|$)/.test(inputs.outputs ?? '')) {
    say('The image was built, and not pushed.');
    return;
  }
  const images = publish({
    ...{ references, commit, version: commit.slice(0, 12) },
    kind: /^EXPOSE /m.test(dockerfile) ? 'web' : 'worker',
    revision: labels.get('org.opencontainers.image.revision') ?? null,
    ...(banner !== undefined && { banner }),
    ...(behaviour !== undefined && { behaviour }),
  });
  for (const [index, reference] of references.entries()) {
    say(`pushing manifest for ${reference}@${images[index]?.digest ?? ''} done`);
  }
}

async function checkedOut(run: ActionContext['run'], workspace: string): Promise<string> {
  if ((await run(['git', 'rev-parse', 'HEAD'])) !== 0) throw new Error('Nothing is checked out');
  const head = await textIn(workspace, '.git/HEAD');
  if (head === undefined || !/^[0-9a-f]{40}$/.test(head)) throw new Error('Nothing is checked out');
  return head;
}

async function textIn(workspace: string, file: string): Promise<string | undefined> {
  try {
    return (await readFile(join(workspace, file), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function linesOf(text = ''): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

function splitAt(line: string): [string, string] {
  const [name = '', ...value] = line.split('=');
  return [name, value.join('=')];
}
