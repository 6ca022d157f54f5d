import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Opens the page as a person would and waits until the workspace is shown. `problems` collects what went wrong in it. */
export async function openWorkspace(
  { browser, sandbox }: { browser: Browser; sandbox: { origin: string } },
  options: BrowserContextOptions & { hash?: string } = {},
): Promise<{ page: Page; problems: string[] }> {
  const { hash = '', ...context } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${sandbox.origin}/${hash}`);
  await page.getByLabel('Act as').waitFor();
  return { page, problems };
}

/** Runs code in the page; its answer must be a number. */
export async function measure(page: Page, code: string): Promise<number> {
  return Number(await page.evaluate(code));
}
