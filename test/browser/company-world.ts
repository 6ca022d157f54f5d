import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type Company, startCompany } from './company.ts';

/** One browser for the file that calls this, and a fresh company for each of its tests. */
export type CompanyWorld = { readonly browser: Browser; readonly sandbox: Company };

export function useCompany(): CompanyWorld {
  let browser: Browser | undefined;
  let company: Company | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    company = await startCompany();
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    await company?.stop();
  });
  return {
    get browser() {
      if (browser === undefined) throw new Error('The browser is there only while tests run');
      return browser;
    },
    get sandbox() {
      if (company === undefined) throw new Error('The company is there only while a test runs');
      return company;
    },
  };
}
