import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchChromium } from './chromium.ts';
import { FakeSandbox } from './fake-sandbox.ts';

/** One browser for the file that calls this, and a fresh sandbox for each of its tests. */
export class BrowserWorld {
  #browser: Browser | undefined;
  #sandbox: FakeSandbox | undefined;

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('The browser is there only while tests run');
    return this.#browser;
  }

  get sandbox(): FakeSandbox {
    if (this.#sandbox === undefined) throw new Error('The sandbox is there only while a test runs');
    return this.#sandbox;
  }

  register(): void {
    beforeAll(async () => {
      this.#browser = await launchChromium();
    });
    afterAll(() => this.browser.close());
    beforeEach(async () => {
      this.#sandbox = new FakeSandbox();
      await this.#sandbox.start();
    });
    afterEach(async () => {
      for (const context of this.browser.contexts()) await context.close();
      await this.sandbox.stop();
    });
  }
}

export function useBrowserWorld(): BrowserWorld {
  const world = new BrowserWorld();
  world.register();
  return world;
}
