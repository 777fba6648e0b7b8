import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { messages, say, SHOWN_MS } from "./messages";

const shown = (): string[] => messages.visibleToasts.map(({ content }) => content.text);

describe("messages", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    messages.clear();
    vi.useRealTimers();
  });

  // Timers begin when a message is drawn, which is when the toast's component resumes them.
  const draw = (): void => messages.resumeAll();

  it("leave by themselves", () => {
    say("Saved.");
    draw();
    vi.advanceTimersByTime(SHOWN_MS - 1);
    expect(shown()).toEqual(["Saved."]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual([]);
  });

  it("stand alone, the newest, for their own whole time", () => {
    say("First.");
    draw();
    vi.advanceTimersByTime(SHOWN_MS - 1);
    say("Second.");
    draw();
    expect(shown()).toEqual(["Second."]);
    vi.advanceTimersByTime(SHOWN_MS - 1);
    expect(shown()).toEqual(["Second."]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual([]);
  });

  it("do not come back when the one after them is closed", () => {
    say("First.");
    say("Second.");
    const [second] = messages.visibleToasts;
    messages.close(second?.key ?? "");
    expect(shown()).toEqual([]);
  });
});
