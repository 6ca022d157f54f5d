import { isCommitPrefix } from '../domain/commit-name.ts';
import { ImageMissing, UserError } from '../domain/errors.ts';
import type { Release } from '../domain/release.ts';
import type { RefNow } from '../ports/code-host.ts';
import type { Resolution } from '../ports/source-control.ts';
import type { Adapters } from './adapters.ts';
import { requireOwnCommit } from './own-commit.ts';
import { type Patience, patience } from './patiently.ts';
import type { DeploymentRequest } from './request-deployment.ts';

/** `found`: with no digests where its image is yet to be made. */
export type FoundRelease =
  | { kind: 'found'; release: Release }
  | { kind: 'ambiguous'; ref: string; candidates: Release[] };

type Reached = Pick<Adapters, 'sourceControl' | 'codeHost' | 'clock'>;

/**
 * The release that was asked for, of exactly one commit: what a branch is now, not what it will be. The registry knows releases by
 * version and commit; a branch, or what has no image yet, the code host knows, where there is one. Throws a `UserError` for what nobody
 * knows, for what has no image and nobody makes one, and for a commit of somebody else, and errors as the source control's and the code host's.
 */
export async function findRelease(request: DeploymentRequest, reached: Reached): Promise<FoundRelease> {
  const patiently = patience(reached.clock);
  const ref = refOf(request);
  const resolution = await resolve(ref, request, { ...reached, patiently });
  if (resolution.kind === 'ambiguous') return { kind: 'ambiguous', ref, candidates: resolution.candidates };
  const isAsked = request.ref !== undefined || request.automatic !== undefined;
  const isExact = resolution.kind === 'found' && isNamed(resolution.release, ref);
  if (isAsked && !isExact && reached.codeHost !== undefined) {
    const release = await onHost(ref, { request, resolution }, { ...reached, patiently });
    if (release !== undefined) return { kind: 'found', release };
  }
  switch (resolution.kind) {
    case 'found':
      return { kind: 'found', release: called(resolution.release, pushedTag(request)) };
    case 'missing':
      throw new ImageMissing(
        `The image of ${resolution.version} is not in ${resolution.regions.join(' and ')} yet. Nothing was changed. Wait until its build has pushed it there, then deploy again.`,
      );
    case 'unknown':
      throw new UserError(unknownRef(request, ref, resolution.known));
  }
}

function refOf({ automatic, ref, environment }: DeploymentRequest): string {
  return automatic?.pushed.commit ?? ref ?? environment.branch;
}

type Asking = Reached & { patiently: Patience };

function resolve(
  ref: string,
  { service, environment }: DeploymentRequest,
  { sourceControl, patiently }: Asking,
): Promise<Resolution> {
  const asked = { service: service.name, environment: environment.name, ref };
  return patiently((options) => sourceControl.resolve(asked, options));
}

/** The registry itself says that this is it: no branch of that name can mean another commit. */
function isNamed({ version, commit }: Release, ref: string): boolean {
  return version === ref || (commit !== undefined && isCommitPrefix(ref.toLowerCase(), commit));
}

/** What the code host says that `ref` is now; undefined where it knows nothing of that name, or leaves it to the registry. */
async function onHost(
  ref: string,
  { request, resolution }: { request: DeploymentRequest; resolution: Resolution },
  asking: Asking,
): Promise<Release | undefined> {
  const { codeHost, patiently } = asking;
  const { service } = request;
  // Without a build nothing is gained by what has no image: what the registry has of the branch is deployed.
  if (codeHost === undefined || (resolution.kind === 'found' && service.build === undefined))
    return undefined;
  const now = await patiently((options) => codeHost.ref(service.repository, ref, options));
  if (now.kind === 'absent') return undefined;
  // What a trigger asks for is what a ref of the repository was a moment ago.
  if (now.kind === 'commit' && request.automatic === undefined) {
    await requireOwnCommit({ repository: service.repository, sha: now.sha }, { codeHost, patiently });
  }
  const built = await resolve(now.sha, request, asking);
  const tag = pushedTag(request) ?? (now.kind === 'tag' ? ref : undefined);
  if (built.kind === 'found') return called(built.release, tag);
  if (service.build === undefined) throw new ImageMissing(withoutImage(ref, now, request));
  return { service: service.name, commit: now.sha, version: tag ?? now.sha.slice(0, 12), digests: {} };
}

function pushedTag({ automatic }: DeploymentRequest): string | undefined {
  const ref = automatic?.pushed.ref;
  return ref?.startsWith('refs/tags/') === true ? ref.slice('refs/tags/'.length) : undefined;
}

/** What nobody has named in the registry is called by its tag: whoever pushed that looks for it. */
function called(release: Release, tag: string | undefined): Release {
  const { commit, version } = release;
  return tag !== undefined && commit?.startsWith(version) === true ? { ...release, version: tag } : release;
}

function withoutImage(
  ref: string,
  now: Exclude<RefNow, { kind: 'absent' }>,
  { service }: DeploymentRequest,
): string {
  const commit = now.sha.slice(0, 12);
  const what =
    now.kind === 'commit' ? `the commit ${commit}` : `${commit}, which the ${now.kind} “${ref}” is now`;
  return `${service.title} has no image of ${what}. Nothing was changed. Wait until its build has pushed one, then deploy again; to have Forge build it, an administrator gives ${service.name} a \`build\` in the policy file.`;
}

function unknownRef(
  { service, environment, ref: asked }: DeploymentRequest,
  ref: string,
  known: string[],
): string {
  const newest = known.slice(0, 5).join(', ');
  const there = known.length === 0 ? 'It has no releases at all yet.' : `The newest are ${newest}.`;
  if (asked === undefined) {
    return `${service.title} has no release of the branch \`${ref}\`, which ${environment.name} deploys by default. ${there} Name one of them, or wait for the build.`;
  }
  return `${service.title} has no release called “${ref}”. ${there} Name one of them, a branch, or at least 7 digits of a commit.`;
}
