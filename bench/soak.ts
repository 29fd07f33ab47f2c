import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import {
  DeleteAccountDocument,
  LogoutAllDocument,
  LogoutDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SecurityEventsDocument,
  UsersDocument,
} from '../schema/generated/graphql.ts';
import { login, me, refresh, register, verify } from '../tests/support/calls.ts';
import { apiClient, expectType } from '../tests/support/client.ts';
import { createAccounts, newEmail, PASSWORD } from './accounts.ts';
import { describeMachine, onEveryCore, residentMemory } from './machine.ts';
import { openService, type Service } from './service.ts';
import { median } from './table.ts';

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  /** At least 4: memory is compared between quarters of the time. */
  minutes: number;
}

/** How many of each journey run at the same time. */
const CALLERS = { visit: 24, signUp: 4, wrongPassword: 2, list: 2 };
type Journey = keyof typeof CALLERS;

const ACCOUNTS = 400;
/** Milliseconds between two requests of a caller. */
const PAUSE = 800;
/** How much more memory the last quarter may need than the second one. The first is a warm-up; V8 compiles for longer. */
const GROWTH = 1.1;

/** Keeps two workers busy with a mixture of requests. @returns whether all responses were right and memory stayed flat */
export async function measureSoak({ directory, minutes }: Options): Promise<boolean> {
  if (!(minutes >= 4)) throw new Error('--soak takes a number of minutes, at least 4');
  const service = await openService({ directory, place: onEveryCore, settings: { WORKERS: '2' } });
  const tally: Record<Journey, number> = { visit: 0, signUp: 0, wrongPassword: 0, list: 0 };
  let failures = 0;
  const memory: number[] = [];
  try {
    const emails = await createAccounts(service.databaseUrl, ACCOUNTS);
    const journeys = prepareJourneys(service, emails, await makeStaff(service, emails[0] as string));
    const end = performance.now() + minutes * 60_000;
    const repeat = async (journey: Journey) => {
      while (performance.now() < end) {
        try {
          await journeys[journey]();
          tally[journey] += 1;
        } catch (error) {
          failures += 1;
          console.log(`FAILED: ${journey}: ${error instanceof Error ? error.message : String(error)}`);
        }
        await pause();
      }
    };
    console.log(`${describeMachine()}; ${service.versions}; two workers`);
    console.log(
      `\n| minute | ${Object.keys(tally).join(' | ')} | failed | MB of each process | MB |\n${'|---:'.repeat(8)}|`,
    );
    const callers = Object.entries(CALLERS).flatMap(([journey, count]) =>
      Array.from({ length: count }, () => repeat(journey as Journey)),
    );
    for (let minute = 1; minute <= minutes; minute++) {
      await sleep(60_000);
      const each = processesOf(service.latchkey.pid).map((pid) => residentMemory(pid).now);
      const total = each.reduce((sum, megabytes) => sum + megabytes, 0);
      memory.push(total);
      const cells = [minute, ...Object.values(tally), failures, each.map(round).join(' '), round(total)];
      console.log(`| ${cells.join(' | ')} |`);
    }
    await Promise.all(callers);
  } finally {
    await service.close();
  }
  return failures === 0 && isFlat(memory);
}

/** What users do, one journey each time it is called. A wrong response throws. */
function prepareJourneys(
  service: Service,
  emails: readonly string[],
  staff: string,
): Record<Journey, () => Promise<void>> {
  const url = `http://127.0.0.1:${service.latchkey.port}`;
  // A connection for each request: `fetch` would send most of them through the first, and so to one worker.
  const openClient = () => apiClient(url, { headers: { connection: 'close' } });
  let turn = 0;
  return {
    async visit() {
      const client = openClient();
      const email = emails[turn++ % emails.length] as string;
      let { accessToken, refreshToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
      for (let renewal = 0; renewal < 4; renewal++) {
        for (let page = 0; page < 5; page++) {
          await pause();
          if ((await me(client, accessToken))?.email !== email) throw new Error('me is another user');
        }
        await client.request(SecurityEventsDocument, { first: 20 }, { token: accessToken });
        const renewed = expectType(await refresh(client, refreshToken ?? ''), 'Authenticated');
        ({ accessToken, refreshToken } = renewed);
      }
      const { logout } = await client.request(LogoutDocument, { input: { refreshToken } });
      expectType(logout, 'LoggedOut');
    },

    async signUp() {
      const client = openClient();
      const email = newEmail();
      const { id } = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
      const verified = await verify(client, { challengeId: id, code: await receiveCode(service, email) });
      expectType(verified, 'Authenticated');
      await pause();
      const asked = await client.request(RequestPasswordResetDocument, { input: { identifier: email } });
      const challenge = expectType(asked.requestPasswordReset, 'Challenge');
      const code = await receiveCode(service, email);
      const input = { challengeId: challenge.id, code, newPassword: `${PASSWORD}-again` };
      const { resetPassword } = await client.request(ResetPasswordDocument, { input });
      expectType(resetPassword, 'PasswordChanged');
      const { accessToken: token } = expectType(await login(client, email, input.newPassword), 'Authenticated');
      await pause();
      await client.request(LogoutAllDocument, { input: { exceptCurrent: true } }, { token });
      const { deleteAccount } = await client.request(
        DeleteAccountDocument,
        { input: { password: input.newPassword } },
        { token },
      );
      expectType(deleteAccount, 'AccountDeleted');
    },

    async wrongPassword() {
      expectType(await login(openClient(), newEmail(), PASSWORD), 'InvalidCredentials');
      await sleep(2_000);
    },

    async list() {
      const client = openClient();
      const { accessToken: token } = expectType(await login(client, staff, PASSWORD), 'Authenticated');
      for (let page = 0; page < 100; page++) {
        const { users } = await client.request(UsersDocument, { first: 50 }, { token });
        if (users.edges.length !== 50) throw new Error(`${users.edges.length} users`);
        await pause();
      }
    },
  };
}

const pause = () => sleep(PAUSE * (0.5 + Math.random()));

async function makeStaff(service: Service, email: string): Promise<string> {
  const sql = postgres(service.databaseUrl, { max: 1 });
  await sql`update users set roles = '{STAFF}' where email = ${email}`;
  await sql.end();
  return email;
}

/** Waits for the next message to the address and returns its code. */
async function receiveCode({ smtp }: Service, email: string): Promise<string> {
  for (;;) {
    const index = smtp.accepted.findIndex(({ to, raw }) => to.includes(email) && CODE.test(raw));
    const [mail] = index < 0 ? [] : smtp.accepted.splice(index, 1);
    const code = mail && CODE.exec(mail.raw)?.[1];
    if (code) return code;
    await sleep(20);
  }
}

const CODE = /^(\d{6})\r?$/m;

/** The process and its children. */
function processesOf(pid: number): number[] {
  const parentOf = (other: string) => / \((?:.*)\) . (\d+)/.exec(readStat(other))?.[1];
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === String(pid));
  return [pid, ...children.map(Number)];
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}

function isFlat(memory: readonly number[]): boolean {
  const quarter = Math.floor(memory.length / 4);
  const [second, last] = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)].map(median);
  const growth = (last as number) / (second as number);
  console.log(`\nMemory: the last quarter of the time needed ${growth.toFixed(2)} times as much as the second one.`);
  return growth <= GROWTH;
}

const round = (megabytes: number): string => megabytes.toFixed(0);
