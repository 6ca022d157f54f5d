import { createApprovalWorld, policyOf } from '../jobs/approval-world.ts';
import { createForgeWorld } from '../jobs/forge-world.ts';
import { approvals } from './stories/approvals.ts';
import { canaries } from './stories/canaries.ts';
import { code } from './stories/code.ts';
import { deployments } from './stories/deployments.ts';
import { foreignWeights } from './stories/foreign-weights.ts';
import { lostRuns } from './stories/lost-runs.ts';
import { questions } from './stories/questions.ts';
import { regionTimes } from './stories/region-times.ts';
import { returns } from './stories/returns.ts';
import { rollbacks } from './stories/rollbacks.ts';
import { rollbacksInColours } from './stories/rollbacks-in-colours.ts';
import { schedules } from './stories/schedules.ts';
import { standbys } from './stories/standbys.ts';
import { steering } from './stories/steering.ts';
import { type Story, storiesIn } from './story.ts';

/** Every way a deployment goes that leaves other operations in a journal. */
export const stories: Record<string, Story> = {
  ...storiesIn(() => createForgeWorld(), { ...deployments, ...questions, ...lostRuns, ...rollbacks }),
  ...canaries,
  ...steering,
  ...foreignWeights,
  ...returns,
  ...rollbacksInColours,
  ...standbys,
  ...storiesIn(() => createApprovalWorld(), approvals),
  ...storiesIn(() => createApprovalWorld(policyOf('policy 1', { approvals: undefined })), schedules),
  ...regionTimes,
  ...code,
};
