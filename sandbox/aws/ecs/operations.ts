import type { Operation } from '../operation.ts';
import { describeServices } from './describe-services.ts';
import { describeTaskDefinition } from './describe-task-definition.ts';
import { registerTaskDefinition } from './register-task-definition.ts';
import { runTask } from './run-task.ts';
import { describeTasks, listTasks, stopTask } from './task-operations.ts';
import { updateService } from './update-service.ts';

/** The part of ECS's API this sandbox knows. A new set for each AWS: RunTask remembers client tokens. */
export function ecsOperations(): Record<string, Operation> {
  return {
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListTasks: listTasks,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask(),
    StopTask: stopTask,
    UpdateService: updateService,
  };
}
