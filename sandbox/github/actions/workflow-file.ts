import { given } from '../../given.ts';
import type { WorkflowFile, WorkflowInput } from '../parts.ts';
import { parseWorkflow, type Workflow } from './workflow.ts';

/** What a workflow file says of itself to those who start it, or a sentence about why it is none. */
export function readWorkflowFile(text: string): WorkflowFile | { problem: string } {
  try {
    return fileOf(parseWorkflow(text));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function fileOf({ name = '', on }: Workflow): WorkflowFile {
  const triggers: WorkflowFile['on'] = {};
  if (on.push !== undefined) triggers.push = given(on.push ?? {});
  if (on.pull_request !== undefined) triggers.pull_request = given(on.pull_request ?? {});
  if (on.workflow_dispatch !== undefined) {
    const inputs = Object.entries(on.workflow_dispatch?.inputs ?? {});
    triggers.workflow_dispatch = {
      inputs: Object.fromEntries(inputs.map(([key, input]) => [key, inputOf(input)])),
    };
  }
  return { name, on: triggers };
}

type Input = NonNullable<NonNullable<NonNullable<Workflow['on']['workflow_dispatch']>['inputs']>[string]>;

function inputOf({ required, type, description, default: value, options }: Input): WorkflowInput {
  return {
    ...{ required, type },
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    ...(options !== undefined && { options }),
  };
}
