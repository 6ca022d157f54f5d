/** What a fault does to a call, in words; the sandbox's README says the same of each. */
export type FaultKind = { kind: string; title: string; isOfDeliveries: boolean };

export const KINDS: readonly FaultKind[] = [
  { kind: 'error', title: 'answers with an internal error', isOfDeliveries: false },
  { kind: 'throttle', title: 'answers “too many requests”', isOfDeliveries: false },
  { kind: 'refuse', title: 'refuses with an error code', isOfDeliveries: false },
  { kind: 'slow', title: 'acts late', isOfDeliveries: false },
  { kind: 'hang', title: 'never answers', isOfDeliveries: false },
  { kind: 'cut-before', title: 'cuts the connection, does nothing', isOfDeliveries: false },
  { kind: 'cut-after', title: 'acts, then cuts the connection', isOfDeliveries: false },
  { kind: 'error-after', title: 'acts, then answers with an error', isOfDeliveries: false },
  { kind: 'duplicate', title: 'delivers twice', isOfDeliveries: true },
  { kind: 'lose-ack', title: 'loses the acknowledgement', isOfDeliveries: true },
];

export const DELIVERIES: readonly string[] = [
  'deliver:slash_commands',
  'deliver:interactive',
  'deliver:events_api',
];

/** Services with what Forge usually calls there: the list before it has called anything. */
export const USUAL_CALLS: Readonly<Record<string, readonly string[]>> = {
  slack: [
    'chat.postMessage',
    'chat.update',
    'chat.postEphemeral',
    'views.open',
    'views.publish',
    'response_url',
    ...DELIVERIES,
  ],
  ecs: [
    'UpdateService',
    'RegisterTaskDefinition',
    'DescribeServices',
    'DescribeTaskDefinition',
    'DescribeTasks',
    'ListTasks',
  ],
  elasticloadbalancing: ['DescribeTargetHealth', 'DescribeRules', 'ModifyRule'],
  ecr: ['DescribeImages'],
  monitoring: ['GetMetricData'],
  'application-autoscaling': ['DescribeScalableTargets', 'RegisterScalableTarget'],
  scheduler: ['CreateSchedule', 'GetSchedule', 'DeleteSchedule', 'deliver:sqs'],
  sqs: ['ReceiveMessage', 'DeleteMessage', 'GetQueueUrl'],
  github: [
    'pulls.create',
    'pulls.merge',
    'git.getRef',
    'checks.listForRef',
    'actions.createWorkflowDispatch',
    'git.fetch',
    'deliver:push',
    'deliver:pull_request',
  ],
};

export function kindTitle(kind: string): string {
  return KINDS.find((one) => one.kind === kind)?.title ?? kind;
}
