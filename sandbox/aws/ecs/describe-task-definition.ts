import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import { findTaskDefinition } from './find.ts';
import { taskDefinitionView } from './views.ts';

export const describeTaskDefinition = operation(
  z.object({ taskDefinition: z.string(), include: z.array(z.string()).default([]) }),
  'InvalidParameterException',
  ({ taskDefinition, include }, { world, scope }) => {
    const found = findTaskDefinition(world, scope, taskDefinition);
    if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
    const tags = include.includes('TAGS') ? found.tags : undefined;
    return { taskDefinition: taskDefinitionView(found), tags };
  },
);
