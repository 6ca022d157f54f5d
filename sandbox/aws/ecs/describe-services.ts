import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { serviceArn } from '../names.ts';
import { operation } from '../operation.ts';
import { findCluster, findService } from './find.ts';
import { readService } from './views.ts';

export const describeServices = operation(
  z.object({
    cluster: z.string().optional(),
    services: z.array(z.string()).min(1),
    include: z.array(z.string()).default([]),
  }),
  'InvalidParameterException',
  (input, { world, scope }) => {
    if (input.services.length > 10) {
      throw new AwsError('InvalidParameterException', 'Number of services exceeds the limit of 10');
    }
    const cluster = findCluster(world, scope, input.cluster);
    const services: object[] = [];
    const failures: object[] = [];
    for (const named of input.services) {
      const service = findService(world, cluster, named);
      if (service === undefined) {
        const arn = named.startsWith('arn:') ? named : serviceArn(scope, cluster.name, named);
        failures.push({ arn, reason: 'MISSING' });
        continue;
      }
      const view = readService(service, world);
      services.push(input.include.includes('TAGS') ? view : { ...view, tags: undefined });
    }
    return { services, failures };
  },
);
