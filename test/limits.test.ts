import { describe, expect, it } from 'vitest';
import { LIMITS as SLACK } from '../sandbox/slack/limits.ts';
import { LIMITS as FORGE } from '../views/limits.ts';

describe('the limits Forge keeps', () => {
  it.each([
    ['a header', FORGE.header, SLACK.headerText],
    ['a section', FORGE.sectionText, SLACK.textObject],
    ['a field', FORGE.sectionField, SLACK.fieldText],
    ['the fields of a section', FORGE.sectionFields, SLACK.fields],
    ['a context', FORGE.contextText, SLACK.textObject],
    ['a button', FORGE.buttonText, SLACK.buttonText],
    ['a button’s value', FORGE.buttonValue, SLACK.buttonValue],
    ['the title of a confirmation', FORGE.confirmTitle, SLACK.confirmTitle],
    ['the text of a confirmation', FORGE.confirmText, SLACK.confirmText],
    ['the buttons of a confirmation', FORGE.confirmButton, SLACK.confirmButton],
    ['an option', FORGE.optionText, SLACK.optionText],
    ['an option’s value', FORGE.optionValue, SLACK.optionValue],
    ['the options of a list', FORGE.options, SLACK.options],
    ['the title of a modal', FORGE.modalTitle, SLACK.viewTitle],
    ['an input', FORGE.inputLength, SLACK.inputValue],
    ['what a modal carries', FORGE.privateMetadata, SLACK.privateMetadata],
    ['the text of an edited message', FORGE.messageText, SLACK.updateText],
  ])('are Slack’s own for %s', (_what, kept, allowed) => {
    expect(kept).toBe(allowed);
  });

  it('stay below where Slack was seen to refuse a message for all its text', () => {
    expect(FORGE.messageBlocksText).toBeLessThan(SLACK.blockCharacters);
  });
});
