import type { Channel } from '../../core/channel.ts';
import type { HashScheduler } from './hash-scheduler.ts';

// The workers of a server share one scheduler, which is in the process that started them.

const TOPIC = 'hash';

type Request =
  | ['check' | 'enter', id: number, network: string]
  | ['hash', id: number]
  | ['checked', network: string]
  | ['left' | 'hashed'];
type Answer = [id: number, answer: boolean];

/** The scheduler of a worker, which asks the shared one. */
export function createRemoteHashScheduler(channel: Channel): HashScheduler {
  const pending = new Map<number, (answer: boolean) => void>();
  let lastId = 0;

  channel.listen<Answer>(TOPIC, ([id, answer]) => {
    pending.get(id)?.(answer);
    pending.delete(id);
  });

  const send = (request: Request) => channel.send(TOPIC, request);
  function ask(toRequest: (id: number) => Request): Promise<boolean> {
    const id = ++lastId;
    return new Promise((resolve) => {
      pending.set(id, resolve);
      send(toRequest(id));
    });
  }

  return {
    startCheck: (network) => ask((id) => ['check', id, network]),
    endCheck: (network) => send(['checked', network]),
    enter: (network) => ask((id) => ['enter', id, network]),
    leave: () => send(['left']),
    startHash: async () => void (await ask((id) => ['hash', id])),
    endHash: () => send(['hashed']),
  };
}

/**
 * Lets a worker use the scheduler.
 * @returns gives back all that the worker holds. Call it when the worker has ended. What it waits for is given back as soon
 *   as it is granted
 */
export function shareHashScheduler(scheduler: HashScheduler, channel: Channel): () => void {
  const checks: string[] = [];
  let [places, hashes, hasEnded] = [0, 0, false];

  async function check(network: string): Promise<boolean> {
    const isGranted = await scheduler.startCheck(network);
    if (isGranted) checks.push(network);
    return isGranted;
  }

  async function enter(network: string): Promise<boolean> {
    const turn = scheduler.enter(network);
    const isGranted = turn === undefined || (await turn);
    if (isGranted) places += 1;
    return isGranted;
  }

  async function startHash(): Promise<boolean> {
    const turn = scheduler.startHash();
    if (turn) await turn;
    hashes += 1;
    return true;
  }

  async function answer(id: number, granted: Promise<boolean>): Promise<void> {
    const answer = await granted;
    if (hasEnded) giveBack();
    else channel.send(TOPIC, [id, answer] satisfies Answer);
  }

  function endCheck(network: string): void {
    checks.splice(checks.indexOf(network), 1);
    scheduler.endCheck(network);
  }
  function leave(): void {
    places -= 1;
    scheduler.leave();
  }
  function endHash(): void {
    hashes -= 1;
    scheduler.endHash();
  }

  function giveBack(): void {
    hasEnded = true;
    for (const network of checks.splice(0)) scheduler.endCheck(network);
    while (hashes > 0) endHash();
    while (places > 0) leave();
  }

  channel.listen<Request>(TOPIC, (request) => {
    switch (request[0]) {
      case 'check':
        return void answer(request[1], check(request[2]));
      case 'enter':
        return void answer(request[1], enter(request[2]));
      case 'hash':
        return void answer(request[1], startHash());
      case 'checked':
        return endCheck(request[1]);
      case 'left':
        return leave();
      case 'hashed':
        return endHash();
    }
  });

  return giveBack;
}
