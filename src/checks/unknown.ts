import type { CheckVerdict } from '../domain/check.ts';
import type { CheckSubject } from './check-look.ts';

type Unknown = Extract<CheckVerdict, { kind: 'unknown' }>;

/** Nobody signed in. */
export function withoutGithub(): Unknown {
  const says =
    'Forge is not signed in at GitHub, so nobody can tell. It has to be started again with credentials.';
  return { kind: 'unknown', says };
}

/** Of a check of images where there is no place they would be in. */
export function withoutEnvironment({ version }: CheckSubject): Unknown {
  return {
    kind: 'unknown',
    says: `It is about images in an environment, and ${version} is looked at before it goes to one. Put this check into an environment.`,
  };
}
