import { z } from 'zod';

/** Fields that many calls of the control API have in common. */
export const as = z
  .string({ error: 'say whose hands these are: a user id such as U0MAYA' })
  .min(1, 'a user id such as U0MAYA');
export const channel = z.string({ error: 'a channel, by name or id, such as deploys' }).min(1);
export const viewId = z.string({ error: 'the id of an open view, from GET /sandbox/views' }).min(1);
