import { scheduleDriverContract } from '../contracts/schedule-driver.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { FakeScheduleDriver } from '../fakes/schedule-driver.ts';

scheduleDriverContract('the driver for tests', () => {
  const clock = createFakeClock();
  return Promise.resolve({
    driver: new FakeScheduleDriver(clock),
    now: clock.now,
    until: (result) => letTimePass(clock, result),
    close: () => Promise.resolve(),
  });
});

async function letTimePass<Result>(clock: FakeClock, result: Promise<Result>): Promise<Result> {
  const going = new AbortController();
  const over = result.finally(() => going.abort());
  while (!going.signal.aborted) await clock.advance(100);
  return over;
}
