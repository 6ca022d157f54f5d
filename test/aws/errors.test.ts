import { ECSServiceException } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { platformError } from '../../src/aws/errors.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';

describe('an AWS error', () => {
  it.each([
    ['ThrottlingException', 400],
    ['Throttling', 400],
    ['RequestLimitExceeded', 503],
    ['TooManyRequestsException', 429],
    ['ServerException', 500],
    ['ServiceUnavailable', 503],
  ])('%s (%i) is unavailability', (name, status) => {
    const error = awsError(name, status);

    const mapped = platformError(error, 'read it');

    expect(mapped).toBeInstanceOf(PlatformUnavailable);
    expect(mapped).toHaveProperty('cause', error);
  });

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'EADDRNOTAVAIL',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EMFILE',
    'ENOTFOUND',
    'EPIPE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ETIMEDOUT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('of the network, %s, is unavailability', (code) => {
    const error = Object.assign(new Error('connect'), { code });

    const mapped = platformError(error, 'read it');

    expect(mapped).toBeInstanceOf(PlatformUnavailable);
    expect(String(mapped)).toMatch(/Could not read it: AWS cannot be reached: [a-z A-Z]+\.$/);
    expect(String(mapped)).not.toContain(code);
  });

  it.each([
    ['ThrottlingException', 400, 'Could not read it: AWS throttles Forge.'],
    ['ServerException', 500, 'Could not read it: AWS has a fault of its own.'],
  ])('%s is told without its name', (name, status, sentence) => {
    expect(platformError(awsError(name, status), 'read it')).toEqual(new PlatformUnavailable(sentence));
  });

  it('of the network is found among the causes', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

    expect(platformError(new Error('failed', { cause }), 'read it')).toBeInstanceOf(PlatformUnavailable);
  });

  it('for want of time is unavailability', () => {
    const error = Object.assign(new Error('Connection timed out after 5000 ms'), { name: 'TimeoutError' });

    const mapped = platformError(error, 'read it');

    expect(mapped).toEqual(new PlatformUnavailable('Could not read it: AWS did not answer in time.'));
  });

  it('in an answer of success that cannot be read is unavailability', () => {
    const error = Object.assign(new SyntaxError('Unexpected end of JSON input'), {
      $metadata: { httpStatusCode: 200 },
    });

    expect(platformError(error, 'read it')).toBeInstanceOf(PlatformUnavailable);
  });

  it('about two changes of a family at the same moment is unavailability', () => {
    const error = awsError(
      'ClientException',
      400,
      'Too many concurrent attempts to create a new revision of the specified family.',
    );

    expect(platformError(error, 'register it')).toBeInstanceOf(PlatformUnavailable);
  });

  it.each([
    ['AccessDeniedException', /Allow Forge’s role/],
    ['ExpiredTokenException', /Renew the credentials/],
    ['ClusterNotFoundException', /cluster’s name in forge\.yml/],
    ['RepositoryNotFoundException', /image in forge\.yml/],
    ['RuleNotFoundException', /ARNs of the listener rules in forge\.yml/],
    ['OperationNotPermittedException', /default rule cannot split traffic/],
    ['InvalidParameterException', /Check it in AWS/],
  ])('%s is a refusal that says what to do', (name, remedy) => {
    const error = awsError(name, 400, 'The thing is wrong.');

    const mapped = platformError(error, 'read the service');

    expect(mapped).toBeInstanceOf(PlatformRefused);
    expect(String(mapped)).toMatch(/AWS refuses to read the service: The thing is wrong \(\w+\)\./);
    expect(String(mapped)).toMatch(remedy);
    expect(mapped).toHaveProperty('cause', error);
  });

  it('is told without what AWS adds about its own tools', () => {
    const error = awsError('ClientException', 400, 'No such thing: . Run aws ecs help.');

    const mapped = platformError(error, 'read it');

    expect(String(mapped)).toMatch(/AWS refuses to read it: No such thing \(ClientException\)\. Check/);
  });

  it('that is no AWS error at all is left alone', () => {
    const error = new TypeError('undefined is not a function');

    expect(platformError(error, 'read it')).toBe(error);
  });
});

function awsError(name: string, httpStatusCode: number, message = 'no'): Error {
  return new ECSServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
}
