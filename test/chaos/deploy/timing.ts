/** As an operator would write it for this AWS. */
export const FORGE_TIMING = `
  poll: 100ms
  observe: 1s
  start within: 5m
  smoke within: 5m
  settle: 150ms
  probe: 150ms
  metric period: 1s
  metric delay: 1s
  evidence within: 20s
  watch after return: 400ms
  silence: 12s
  question within: 5m
  message every: 200ms
  message refresh: 2s
`.trim();

/** ECS shows a change within its stale reads; after this Forge takes what it is shown for the truth. Milliseconds. */
export const VISIBLE_WITHIN = 300;
/** This AWS does at once what it does. Milliseconds. */
export const LATE_WITHIN = 300;
/** So often customers of each service come by. Requests per second. */
export const CUSTOMERS = 40;
