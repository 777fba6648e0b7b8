/** Short messages about what just happened, one at a time. */

import { UNSTABLE_ToastQueue as ToastQueue } from "react-aria-components";

export interface Message {
  readonly text: string;
  /** A way back, such as `Undo`. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export const messages = new ToastQueue<Message>({ maxVisibleToasts: 1 });

/** How long a message stays. It waits while the pointer is on it, or the focus within it. */
export const SHOWN_MS = 5_000;

let last = "";

/** Show a message in place of the one before. */
export function say(text: string, action?: Message["action"]): void {
  const before = last;
  last = messages.add({ text, action }, { timeout: SHOWN_MS });
  // Closed after the new one came, so that a focus within the old one moves on to the new one.
  messages.close(before);
}
