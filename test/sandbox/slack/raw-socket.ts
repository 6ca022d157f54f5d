import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { APP_TOKEN } from '../../../sandbox/slack/seed.ts';
import { webClient } from './harness.ts';

export type Frame = Record<string, unknown>;
export type RawSocket = {
  readonly frames: Frame[];
  /** Types of the frames so far; a disconnect by its reason. */
  heard(): unknown[];
  send(message: Frame): void;
  isClosed(): boolean;
  /** The code it was closed with: 1006 without a close frame. */
  closeCode(): number | undefined;
};

/** A Socket Mode connection without a library, so that each frame can be seen. Resolves with the first frame. */
export async function openRawSocket(
  origin: string,
  options: { autoPong?: boolean; query?: string; onFrame?: (frame: Frame, socket: RawSocket) => void } = {},
): Promise<RawSocket> {
  const { url } = await webClient(origin, APP_TOKEN).apps.connections.open();
  const socket = new WebSocket(`${url}${options.query ?? ''}`, { autoPong: options.autoPong ?? true });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  let closeCode: number | undefined;
  const raw: RawSocket = {
    frames,
    heard: () => frames.map(({ type, reason }) => reason ?? type),
    send: (message) => socket.send(JSON.stringify(message)),
    isClosed: () => socket.readyState === socket.CLOSED,
    closeCode: () => closeCode,
  };
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => {
      closeCode = code;
    });
    socket.on('message', (data) => {
      const frame: Frame = JSON.parse(String(data));
      frames.push(frame);
      options.onFrame?.(frame, raw);
      resolve();
    });
  });
  return raw;
}
