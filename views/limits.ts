/**
 * Slack's limits that the views keep, in characters or items (Block Kit reference, November 2026).
 * The sandbox has its own transcription: one checks the other.
 */
export const LIMITS = {
  header: 150,
  sectionText: 3000,
  sectionField: 2000,
  sectionFields: 10,
  contextText: 3000,
  buttonText: 75,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  optionText: 75,
  optionValue: 150,
  options: 100,
  /** Also of a modal's buttons. */
  modalTitle: 24,
  inputLength: 3000,
  privateMetadata: 3000,
  /** `text` of a message: `chat.update` refuses more. */
  messageText: 4000,
  /** All block text of a message; Slack refuses from about 13,200. */
  messageBlocksText: 12_000,
  planTasks: 12,
  taskTitle: 150,
} as const;
