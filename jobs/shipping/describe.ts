import { impactsIn } from '../../src/domain/impact.ts';
import {
  type CheckShown,
  type PullRequestContent,
  pullRequestPart,
} from '../../src/domain/pull-request-body.ts';
import type { ShownCheck } from '../../src/domain/shipment.ts';
import { riskOf } from '../../src/domain/shipment-risk.ts';
import type { CommitCheck, Comparison } from '../../src/ports/code-host.ts';
import type { Turn } from './turn.ts';

/** GitHub lists no more files than this. */
const MOST_FILES = 300;

/** What GitHub says of the branch’s commit. `approvedBy`: logins. */
export type Described = {
  comparison: Comparison;
  approvedBy: readonly string[];
  hostedChecks: readonly CommitCheck[];
};

/** Forge’s part of the description, of what the branch is now. */
export async function describe(
  { shipment, github, world }: Turn,
  { comparison, approvedBy, hostedChecks }: Described,
): Promise<string> {
  const { id, why, reverts, checks, environment } = shipment;
  const { commits, totalCommits: total, files, additions, deletions } = comparison;
  const post = (await world.store.shipmentPosts(id)).find(
    ({ event, state }) => event === 0 && state === 'sent',
  );
  const isWhole = files.length < MOST_FILES;
  const content: PullRequestContent = {
    ...(why === undefined ? {} : { why }),
    ...(reverts === undefined ? {} : { reverts }),
    ...(environment === undefined ? {} : { environment }),
    impacts: impactsIn([why ?? '', ...commits.map(({ message }) => message)]),
    ...{ commits, total, files, isWhole, additions, deletions, approvedBy, shipment: id },
    risk: riskOf({ files, isWhole }),
    checks: checks.flatMap(ownCheck),
    hostedChecks: hostedChecks.flatMap(hostedCheck),
    reviewsWanted: github.ship.reviews,
    ...(post?.permalink === undefined ? {} : { slack: post.permalink }),
  };
  return pullRequestPart(content);
}

function ownCheck({ name, state, says }: ShownCheck): CheckShown[] {
  return state === 'running' ? [] : [{ name, state, ...(says === undefined ? {} : { says }) }];
}

/** Only what is known of it one way or the other. */
function hostedCheck({ name, state, says }: CommitCheck): CheckShown[] {
  return state === 'passed' || state === 'failed'
    ? [{ name, state, ...(says === undefined ? {} : { says }) }]
    : [];
}
