/** The tabs of an app in one browser, which have one session. Elsewhere there is one "tab". */
export interface Tabs<Message> {
  /** Runs the work when no other tab and no other caller runs some. `hadToWait`: others may have done it meanwhile. */
  inTurn<Result>(work: (hadToWait: boolean) => Promise<Result>): Promise<Result>;
  tell(message: Message): void;
  /** Resolves with the next message of another tab, at the latest after so many milliseconds. */
  nextMessage(within: number): Promise<void>;
  close(): void;
}

type Listener<Message> = (message: Message) => void;

/** For one page or process: turns within it, and no messages. */
export function singleTab<Message>(): Tabs<Message> {
  let last: Promise<unknown> = Promise.resolve();
  let running = 0;
  return {
    inTurn(work) {
      const hadToWait = running > 0;
      running += 1;
      const turn = last
        .then(() => work(hadToWait))
        .finally(() => {
          running -= 1;
        });
      last = turn.catch(() => {});
      return turn;
    },
    tell() {},
    nextMessage: () => Promise.resolve(),
    close() {},
  };
}

/**
 * For pages: Web Locks for turns, and a BroadcastChannel for messages. Browsers have no locks in insecure contexts, and deny
 * them where the page may keep no data. Turns are within the page then.
 */
export function browserTabs<Message>(name: string, listener: Listener<Message>): Tabs<Message> {
  const alone = singleTab<Message>();
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(name);
  } catch {
    return alone; // Firefox refuses it if it blocks the data of the site.
  }
  let isClosed = false;
  const waiting = new Set<() => void>();
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    listener(data);
    for (const resolve of waiting) resolve();
  };
  const { locks } = navigator;
  return {
    async inTurn(work) {
      if (!locks) return alone.inTurn(work);
      let running: ReturnType<typeof work> | undefined;
      const begin = (hadToWait: boolean) => {
        running = work(hadToWait);
        return running;
      };
      try {
        await locks.request(name, { ifAvailable: true }, (lock) => lock && begin(false));
        if (!running) await locks.request(name, () => begin(true));
      } catch {
        // The work has failed, or the browser denies locks.
      }
      return running ?? alone.inTurn(work);
    },
    tell(message) {
      if (!isClosed) channel.postMessage(message); // It would throw, and fail the sign-in that has just succeeded.
    },
    nextMessage: (within) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
        setTimeout(done, within);
      }),
    close() {
      isClosed = true;
      channel.close();
    },
  };
}
