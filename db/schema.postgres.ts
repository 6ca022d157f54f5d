import { asColumns } from './columns.postgres.ts';
import { define } from './schema.ts';

export const {
  deployment,
  deploymentEvent,
  vote,
  traffic,
  arrival,
  post,
  engine,
  run,
  operation,
  signal,
  freeze,
  lock,
  restrictionEvent,
  recurring,
  announcement,
  deploymentRecord,
  shipment,
  shipmentEvent,
  shipmentPost,
  followed,
  automaticHold,
  seenRefs,
  toldPush,
  checkResult,
} = define(asColumns());
