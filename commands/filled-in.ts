import { UserError } from '../src/domain/errors.ts';
import { environmentNamed, serviceNamed } from '../src/domain/policy.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { DeployFormContent } from '../views/deploy-form.ts';
import { outlookWords } from '../views/outlook.ts';
import { refusal } from '../views/text.ts';
import type { Asking } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { Strategy } from './strategy.ts';

type FilledIn = Pick<DeployFormContent, 'service' | 'environment' | 'ref' | 'strategy' | 'why'> & {
  at?: number;
};

/** What is in the fields of the form so far. */
export function filledIn(values: FieldValues): FilledIn & Pick<DeployFormContent, 'isStrategyAsked'> {
  return {
    ...given({ service: fieldText(values, 'service'), environment: fieldText(values, 'environment') }),
    ...given({ ref: fieldText(values, 'ref'), strategy: fieldText(values, 'strategy') }),
    ...given({ why: fieldText(values, 'why') }),
    ...('strategy' in values ? { isStrategyAsked: true } : {}),
  };
}

/** What would come of it, in markup; nothing before both a service and an environment are chosen. */
export async function outlookOf(
  { service: of, environment: where, strategy: how, at }: FilledIn,
  asking: Asking,
): Promise<string[]> {
  const { forge, person } = asking;
  const { policy } = forge;
  const service = of === undefined ? undefined : serviceNamed(policy, of);
  const environment = where === undefined ? undefined : environmentNamed(policy, where);
  if (service === undefined || environment === undefined) return [];
  const strategy = Strategy.safeParse(how).data;
  if (service.runs[environment.name] === undefined) {
    return [`:warning: ${service.title} does not run in ${environment.name}. Choose another one.`];
  }
  if (at !== undefined && at <= forge.now()) return [':warning: That time is past. Choose a later one.'];
  try {
    await asking.permit({
      ...{ act: at === undefined ? 'deploy' : 'schedule' },
      ...{ service: service.name, environment: environment.name },
    });
    const outlook = await forge.outlook({
      ...{ service, environment, by: person.id },
      ...(strategy === undefined ? {} : { strategy }),
      ...(at === undefined ? {} : { at }),
    });
    return outlookWords(outlook, { branch: environment.branch, by: person.id, people: policy.people });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`:warning: ${refusal(error.message)}`];
  }
}
