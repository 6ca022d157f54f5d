import type { CheckKind, CheckPolicy, PlannedCheck } from './check.ts';
import type { Deployment } from './deployment.ts';
import { digestOf } from './json.ts';
import { environmentNamed, type Policy, serviceNamed } from './policy.ts';

/** Kinds that ask about the image, so that they come after it is made. */
const OF_IMAGE: ReadonlySet<CheckKind['kind']> = new Set(['image', 'scan', 'staged']);

export function isOfImage(kind: string): boolean {
  return [...OF_IMAGE].some((one) => one === kind);
}

type Place = Pick<Deployment, 'service' | 'environment' | 'undoes'>;

/**
 * The checks a deployment has to pass, in the order they are looked at: the service's, then the environment's, and those about its
 * image last. A rollback has none: nothing keeps people from going back.
 */
export function checksFor({ service, environment, undoes }: Place, policy: Policy): CheckPolicy[] {
  if (undoes !== undefined) return [];
  const asked = [
    ...(serviceNamed(policy, service)?.checks ?? []),
    ...(environmentNamed(policy, environment)?.checks ?? []),
  ];
  return [...asked.filter(({ kind }) => !isOfImage(kind)), ...asked.filter(({ kind }) => isOfImage(kind))];
}

/** What people are told of a check before it begins. */
export function plannedCheck(check: CheckPolicy): PlannedCheck {
  const { name, kind } = check;
  const of = digestOf(check).slice(0, 16);
  if (check.kind !== 'box') return { name, kind, of };
  const { says, by } = check;
  return { name, kind, of, box: { says, ...(by === undefined ? {} : { by }) } };
}
