import type { Operation } from '../operation.ts';
import { getLogEvents } from './get-log-events.ts';

/** The part of CloudWatch Logs' API this sandbox knows; streams are written by the containers of its tasks. */
export const logsOperations: Record<string, Operation> = { GetLogEvents: getLogEvents };
