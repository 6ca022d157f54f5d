import type { Caller } from '../domain/caller.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import { markdownText, markdownTitle } from '../domain/markdown.ts';
import { serviceNamed } from '../domain/policy.ts';
import { shortCommit } from '../domain/shipment.ts';
import type { PullRequest } from '../ports/code-host.ts';
import type { Adapters } from './adapters.ts';
import { askCodeHost, requireCodeHost } from './ask-code-host.ts';
import { shipBranch } from './ship.ts';
import { requireDeployment } from './steer-deployment.ts';

type Used = Pick<Adapters, 'policy' | 'store' | 'codeHost'>;

/**
 * Opens the pull request that takes back what a deployment brought, and ships it. The same pull request however often it is
 * asked for. Throws a `UserError` where no pull request brought it.
 */
export async function shipRevert(
  { deployment: number, why }: { deployment: number; why?: string },
  caller: Caller,
  adapters: Used,
): Promise<{ shipment: string; pull: PullRequest }> {
  const host = requireCodeHost(adapters);
  const deployment = await broughtBy(number, adapters.store);
  const service = serviceNamed(adapters.policy, deployment.service);
  if (service === undefined)
    throw new UserError(`forge.yml does not know ${deployment.service} any more. Nothing was done.`);
  const { repository } = service;
  const merged = await mergedIn(deployment, repository, adapters);
  const title = markdownTitle(`Revert "${merged.title}"`, 256);
  const body = `Takes back pull request ${merged.number}: ${markdownText(merged.title, 256)}`;
  const pull = await askCodeHost((options) =>
    host.revert(repository, { number: merged.number, title, body }, options),
  );
  if (pull.state !== 'open') {
    throw new UserError(
      `What #${deployment.number} brought was taken back before: the pull request for it, ${pull.number}, is ${pull.state} already. Nothing was done.`,
    );
  }
  const request = { service, branch: pull.head.ref, reverts: deployment.number };
  const shipment = await shipBranch({ ...request, ...(why === undefined ? {} : { why }) }, caller, adapters);
  return { shipment, pull };
}

/** Of a rollback: what it took back. */
async function broughtBy(number: number, store: Used['store']): Promise<Deployment> {
  const deployment = await requireDeployment(number, store);
  return deployment.undoes === undefined ? deployment : requireDeployment(deployment.undoes, store);
}

async function mergedIn(
  { number, plan: { to } }: Deployment,
  repository: string,
  adapters: Used,
): Promise<PullRequest> {
  const { commit } = to;
  const host = requireCodeHost(adapters);
  if (commit === undefined) {
    throw new UserError(
      `Nobody knows the commit of ${to.version}, which #${number} brought. Revert it on GitHub.`,
    );
  }
  const pulls = await askCodeHost((options) => host.pullRequestsOf(repository, commit, options));
  const base = adapters.policy.github?.ship.base;
  const found = pulls.find((pull) => pull.state === 'merged' && pull.base.ref === base);
  if (found !== undefined) return found;
  throw new UserError(
    `No pull request brought \`${shortCommit(commit)}\`, the commit of #${number}, so there is none to revert. Somebody has to revert the commit with git; that branch can be shipped.`,
  );
}
