import { z } from 'zod';

export const Tag = z.object({ key: z.string().min(1).max(128), value: z.string().max(256).default('') });
export type Tag = z.infer<typeof Tag>;

const HealthCheck = z.looseObject({
  command: z.array(z.string()),
  interval: z.number().min(5).max(300).default(30),
  timeout: z.number().min(2).max(60).default(5),
  retries: z.number().min(1).max(10).default(3),
  startPeriod: z.number().min(0).max(300).default(0),
});

const Condition = z.enum(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']);

export const ContainerDefinition = z.looseObject({
  name: z.string().default(''),
  image: z.string().default(''),
  essential: z.boolean().default(true),
  command: z.array(z.string()).optional(),
  environment: z.array(z.object({ name: z.string(), value: z.string().default('') })).optional(),
  portMappings: z.array(z.looseObject({ containerPort: z.number().optional() })).optional(),
  healthCheck: HealthCheck.optional(),
  stopTimeout: z.number().min(0).max(120).optional(),
  entryPoint: z.array(z.string()).optional(),
  user: z.string().optional(),
  dependsOn: z.array(z.object({ containerName: z.string(), condition: Condition })).optional(),
  startTimeout: z.int().min(2).max(120).optional(),
  mountPoints: z
    .array(z.looseObject({ sourceVolume: z.string(), containerPath: z.string().startsWith('/') }))
    .optional(),
  logConfiguration: z
    .looseObject({ logDriver: z.string(), options: z.record(z.string(), z.string()).optional() })
    .optional(),
});
export type ContainerDefinition = z.infer<typeof ContainerDefinition>;

/** Fields the sandbox does not use are kept and shown as they were registered. */
export const TaskDefinitionInput = z.looseObject({
  family: z.string(),
  containerDefinitions: z.array(ContainerDefinition).default([]),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  networkMode: z.string().optional(),
  taskRoleArn: z.string().optional(),
  volumes: z.array(z.looseObject({ name: z.string() })).optional(),
  requiresCompatibilities: z.array(z.string()).optional(),
  tags: z.array(Tag).optional(),
});
export type TaskDefinitionInput = z.infer<typeof TaskDefinitionInput>;
