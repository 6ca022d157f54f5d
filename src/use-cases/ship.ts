import type { Caller } from '../domain/caller.ts';
import { UserError } from '../domain/errors.ts';
import { nearest } from '../domain/nearest.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type Policy,
  type ServicePolicy,
} from '../domain/policy.ts';
import { isShipped, type Shipment } from '../domain/shipment.ts';
import { shippedTo } from '../domain/shipped-to.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Adapters } from './adapters.ts';
import { askCodeHost, requireCodeHost } from './ask-code-host.ts';
import { shipRun } from './shipment-run.ts';

export type ShipRequest = {
  service: ServicePolicy;
  branch: string;
  why?: string;
  /** The deployment whose change it takes back. */
  reverts?: number;
};

type Used = Pick<Adapters, 'policy' | 'store' | 'codeHost'>;

/** Others may ship something at the same moment and take the next id. */
const TRIES = 10;

/**
 * Has a branch checked, opened as a pull request, followed, merged when somebody says so, and deployed. Gives the id of the
 * shipment. Throws a `UserError` where that cannot be; the same asking ships once.
 */
export async function shipBranch(request: ShipRequest, caller: Caller, adapters: Used): Promise<string> {
  const { policy, store } = adapters;
  const host = requireCodeHost(adapters);
  const { service, branch, why, reverts } = request;
  const base = policy.github?.ship.base ?? 'main';
  requireBranchName(branch, base);
  const { repository } = service;
  const head = await headOf(host, { repository, branch, base });
  const environment = shippedTo(policy, service);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    refuseShipped(await store.lastShipment({ repository, branch }), head);
    const id = await store.nextShipment();
    const result = await store.commit([
      {
        ...{ kind: 'append-shipment', shipment: id, expect: 0, by: caller.actor },
        ...(why === undefined ? {} : { why }),
        events: [
          {
            ...{ type: 'requested', service: service.name, repository, branch, base, head },
            ...(environment === undefined ? {} : { environment: environment.name }),
            channel: channelOf(policy, service, environment),
            ...(reverts === undefined ? {} : { reverts }),
          },
        ],
      },
      { kind: 'start-run', id: shipRun(id), job: 'ship', input: { shipment: id } },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `shipment ${id}` },
    ]);
    if (result === 'committed') return id;
    if (result === 'already-committed')
      throw new UserError('That was done when it was asked for the first time. Nothing was done again.');
  }
  throw new Error(`Others shipped something ${TRIES} times at the same moment`);
}

/** Where people look for it: where it ends up, or else the first place it runs in. */
function channelOf(
  policy: Policy,
  service: ServicePolicy,
  environment: EnvironmentPolicy | undefined,
): string {
  const [first] = Object.keys(service.runs);
  const place = environment ?? environmentNamed(policy, first ?? '') ?? policy.environments[0];
  if (place === undefined) throw new Error('The policy names no environment');
  return place.channel;
}

function requireBranchName(branch: string, base: string): void {
  if (branch === base) {
    throw new UserError(
      `\`${base}\` is where branches are shipped to, so it cannot be shipped itself. To deploy what is on it, type \`/forge deploy\`.`,
    );
  }
  // What git itself refuses (git-scm.com, git-check-ref-format).
  if (!/[\p{Cc}\s~^:?*[\\]|\.\.|@\{|^[-/.]|[/.]$|\/\/|\.lock$/u.test(branch)) return;
  throw new UserError('That is no name a branch can have. Nothing was done; copy the name from GitHub.');
}

async function headOf(
  host: CodeHost,
  { repository, branch, base }: { repository: string; branch: string; base: string },
): Promise<string> {
  const now = await askCodeHost((options) => host.ref(repository, branch, options));
  if (now.kind !== 'branch') throw new UserError(await noBranch(host, { repository, branch, is: now.kind }));
  const { status } = await askCodeHost((options) =>
    host.compare(repository, { base, head: now.sha }, options),
  );
  if (status === 'ahead' || status === 'diverged') return now.sha;
  throw new UserError(
    `The branch ${branch} has nothing that ${base} has not, so there is nothing to ship. Push a commit to it first.`,
  );
}

async function noBranch(
  host: CodeHost,
  { repository, branch, is }: { repository: string; branch: string; is: 'absent' | 'tag' | 'commit' },
): Promise<string> {
  if (is !== 'absent')
    return `${branch} is a ${is} of ${repository}, and only branches can be shipped. Nothing was done.`;
  const { branches } = await askCodeHost((options) => host.refs(repository, options));
  const meant = nearest(branch, Object.keys(branches));
  const hint = meant === undefined ? 'Was it pushed?' : `Did you mean ${meant}?`;
  return `There is no branch ${branch} in ${repository}. ${hint} Nothing was done.`;
}

/** `before`: the newest of the branch. */
function refuseShipped(before: Shipment | undefined, head: string): void {
  if (before === undefined) return;
  const { id, branch, base, phase } = before;
  if (!isShipped(before)) {
    const next =
      phase.kind === 'blocked'
        ? `Press Retry there, or stop it with \`/forge unship ${id}\``
        : 'Nothing was done';
    throw new UserError(`${id} is shipping ${branch} already; its message shows how far it is. ${next}.`);
  }
  if (before.merged === undefined || before.head !== head) return;
  throw new UserError(
    `${branch} was merged into ${base} already, as ${id}, and has no commit since. Nothing was done. \`/forge deploy\` deploys what is on ${base}; if this was taken back since, somebody has to push a new commit first.`,
  );
}
