import { PlatformRefused, PlatformUnavailable } from '../ports/platform.ts';
import { networkTrouble } from './network-trouble.ts';

const throttlings = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** What to do about a refusal, by the name AWS gives it. */
const remedies: Record<string, string> = {
  AccessDenied: 'Allow Forge’s role to do this.',
  AccessDeniedException: 'Allow Forge’s role to do this.',
  UnauthorizedOperation: 'Allow Forge’s role to do this.',
  ExpiredToken: 'Renew the credentials Forge runs with.',
  ExpiredTokenException: 'Renew the credentials Forge runs with.',
  InvalidClientTokenId: 'Check the credentials Forge runs with.',
  UnrecognizedClientException: 'Check the credentials Forge runs with.',
  MissingAuthenticationToken: 'Give Forge AWS credentials.',
  MissingAuthenticationTokenException: 'Give Forge AWS credentials.',
  ClusterNotFoundException: 'Check the cluster’s name in forge.yml.',
  ServiceNotFoundException: 'Check the service’s name in forge.yml.',
  RepositoryNotFoundException: 'Check the service’s image in forge.yml.',
  ServiceNotActiveException: 'Create the service again, or take it out of forge.yml.',
  TargetGroupNotFound: 'Give the ECS service a target group that exists.',
  TargetGroupNotFoundException: 'Give the ECS service a target group that exists.',
  QueueDoesNotExist: 'Check the ARN of the queue under schedules in forge.yml.',
  RuleNotFound: 'Check the ARNs of the listener rules in forge.yml.',
  RuleNotFoundException: 'Check the ARNs of the listener rules in forge.yml.',
  OperationNotPermitted: 'A default rule cannot split traffic: name a rule of its own in forge.yml.',
  OperationNotPermittedException: 'A default rule cannot split traffic: name a rule of its own in forge.yml.',
  ServiceQuotaExceededException: 'Ask AWS for a higher quota, or delete what is no longer needed.',
};

/**
 * An AWS error as the port's errors, told without codes: those are in the cause. Anything that does not come from AWS is returned as it is, for it is a fault of ours.
 * `what` says what was tried, such as `read the service api in staging`.
 */
export function platformError(error: unknown, what: string): unknown {
  if (error instanceof PlatformRefused || error instanceof PlatformUnavailable) return error;
  if (!(error instanceof Error)) return error;
  const status = statusOf(error);
  const reason = unavailability(error, status);
  if (reason !== undefined) {
    return new PlatformUnavailable(`Could not ${what}: ${reason}.`, { cause: error });
  }
  if (status === undefined) return error;
  const remedy = remedies[error.name] ?? 'Check it in AWS, then try again.';
  const sentence = firstSentence(error.message);
  const said = sentence === '' ? error.name : `${sentence} (${error.name})`;
  return new PlatformRefused(`AWS refuses to ${what}: ${said}. ${remedy}`, { cause: error });
}

/** Whether what was asked may have been, or may yet be, carried out though it ended with this error. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof Error) || throttlings.has(error.name)) return false;
  const status = statusOf(error);
  return status === undefined || status < 300 || status >= 500;
}

/** Of what AWS says; its further sentences give advice about its console and its command line. Without the full stop. */
function firstSentence(message: string): string {
  const [first = ''] = message.trim().split(/(?<=[.!?])\s+(?=[A-Z])/);
  return withoutStop(first);
}

function withoutStop(text: string): string {
  return text.trim().replace(/[\s.:;,]+$/, '');
}

function unavailability(error: Error, status: number | undefined): string | undefined {
  if (throttlings.has(error.name) || status === 429) return 'AWS throttles Forge';
  // ECS says this with a 4xx when two callers register revisions of one family at the same moment.
  if (/too many concurrent attempts/i.test(error.message)) return 'AWS is busy with another change';
  if (status !== undefined && status >= 500) return 'AWS has a fault of its own';
  if (error.name === 'CredentialsProviderError')
    return `there are no AWS credentials (${withoutStop(error.message)})`;
  // Before the name: the SDK calls a reset connection a TimeoutError too.
  const trouble = networkTrouble(error);
  if (trouble !== undefined) return `AWS cannot be reached: ${trouble}`;
  if (error.name === 'TimeoutError') return 'AWS did not answer in time';
  if (isTornAnswer(error)) return 'the answer was cut off or unreadable';
  return undefined;
}

/** A 2xx whose body could not be read: it may have happened. */
function isTornAnswer(error: Error): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status < 300;
  return error.message === 'aborted' || error.message === 'socket hang up' || '$response' in error;
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
