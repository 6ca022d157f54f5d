import { access, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ActionContext } from './actions.ts';

/** What GitHub refuses in a name, and what would lead to another folder. */
const NO_NAME = /["':<>|*?\r\n\\/]|^\.{0,2}$/;

/** Keeps a folder of a job for the other jobs of its run. Its hidden files stay behind, as at GitHub unless told. */
export async function uploadArtifact({ inputs, workspace, artifacts, say }: ActionContext): Promise<void> {
  const { name = 'artifact', path } = inputs;
  if (path === undefined) throw new Error('Input required and not supplied: path');
  if (/[*?[\n]/.test(path)) throw new Error(`This runner uploads one folder, and no pattern as ${path}`);
  const target = folderOf(artifacts, name);
  const source = resolve(workspace, path);
  if (!(await isFolderWithFiles(source))) {
    const none = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
    if (inputs['if-no-files-found'] === 'error') throw new Error(none);
    say(none);
    return;
  }
  if (await exists(target)) {
    throw new Error(
      'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
    );
  }
  await mkdir(artifacts, { recursive: true });
  await cp(source, target, {
    recursive: true,
    dereference: true,
    filter: (from) => from === source || !basename(from).startsWith('.'),
  });
  say(`Artifact ${name} has been successfully uploaded!`);
}

/** Puts what another job of the run has kept into a folder of this one. */
export async function downloadArtifact({ inputs, workspace, artifacts, say }: ActionContext): Promise<void> {
  const { name, path = '.' } = inputs;
  if (name === undefined) throw new Error('This runner downloads artifacts by their name only');
  const source = folderOf(artifacts, name);
  if (!(await exists(source))) {
    throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  }
  await cp(source, resolve(workspace, path), { recursive: true });
  say('Artifact download has finished successfully');
}

function folderOf(artifacts: string, name: string): string {
  if (NO_NAME.test(name)) throw new Error(`The artifact name is not valid: ${name}`);
  return join(artifacts, name);
}

async function isFolderWithFiles(folder: string): Promise<boolean> {
  if (!(await exists(folder)) || !(await stat(folder)).isDirectory()) return false;
  return (await readdir(folder)).some((file) => !file.startsWith('.'));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
