import type { Json } from '../src/domain/json.ts';
import type { FollowInput } from '../src/use-cases/follow-run.ts';
import { type CancelBuildInput, cancelBuild } from './cancel-build.ts';
import { type DeployInput, deploy } from './deploy.ts';
import { type EndStandbyInput, endStandby } from './end-standby.ts';
import type { Engine, Job, JobContext } from './engine/engine.ts';
import { follow } from './follow.ts';
import { type PrepareInput, prepare } from './prepare.ts';
import type { PutBackRequest } from './put-back.ts';
import { putBackAlone } from './put-back-alone.ts';
import { type RecurInput, recur } from './recur.ts';
import { type RestoreRegionInput, restoreRegion } from './restore-region.ts';
import { type ReviewInput, remindOfReview } from './review.ts';
import { type ShipInput, ship } from './ship.ts';
import { type StepInput, stepAlone } from './steps/together.ts';
import type { World } from './world.ts';

/** Tells the engine every job there is. A change that would break running deployments gets a new version beside the old. */
export function defineJobs(engine: Engine, world: World): void {
  engine.define('prepare', 1, job<PrepareInput>(prepare, world));
  engine.define('cancel-build', 1, job<CancelBuildInput>(cancelBuild, world));
  engine.define('deploy', 1, job<DeployInput>(deploy, world));
  engine.define('put-back', 1, job<PutBackRequest>(putBackAlone, world));
  engine.define('end-standby', 1, job<EndStandbyInput>(endStandby, world));
  engine.define('review', 1, job<ReviewInput>(remindOfReview, world));
  engine.define('recur', 1, job<RecurInput>(recur, world));
  engine.define('follow', 1, job<FollowInput>(follow, world));
  engine.define('ship', 1, job<ShipInput>(ship, world));
  engine.define('step', 1, job<StepInput>(stepAlone, world));
  engine.define('restore-region', 1, job<RestoreRegionInput>(restoreRegion, world));
}

function job<Input extends Json>(
  run: (context: JobContext<Input>, world: World) => Promise<void>,
  world: World,
): Job<Input, undefined> {
  return async (context) => {
    await run(context, world);
    return undefined;
  };
}
