import type { HttpResult } from '../../web/send-request.ts';
import { assess, parseJsonObject } from '../outgoing.ts';
import type { GatewayFinding, Submission, TextApproval, TextSample } from '../sms-sender.ts';
import type { EskizClient } from './eskiz-client.ts';
import { TEST_TEXTS } from './eskiz-responses.ts';

interface Dependencies {
  client: EskizClient;
  /** The configured sender. */
  sender: string;
}

/** The states of a text in Eskiz's API, spelt as there. */
type State = 'service' | 'reklama' | 'moderation' | 'inproccess' | 'rejected' | 'missing' | 'other';

interface Template {
  texts: string[];
  state: State;
}

const SUBMIT = 'run: latchkey sms templates --submit';
const WAIT = 'wait: its moderators work on weekdays; see СМС, Мои тексты in the cabinet';

/** What each state means for a text, the best first. */
const STATES: Record<State, { state: GatewayFinding['state']; text: string; advice?: string }> = {
  service: { state: 'good', text: 'approved' },
  reklama: {
    state: 'doubtful',
    text: 'approved as advertising (reklama), which costs more and which operators may hold back',
    advice: 'ask Eskiz to approve it as a service text',
  },
  inproccess: { state: 'doubtful', text: 'being checked (inproccess): not sent yet', advice: WAIT },
  moderation: { state: 'doubtful', text: 'waiting for moderation: not sent yet', advice: WAIT },
  other: { state: 'doubtful', text: 'in a state that is not documented', advice: 'see СМС, Мои тексты in the cabinet' },
  rejected: {
    state: 'wrong',
    text: 'rejected: not sent',
    advice: `change it in MESSAGE_TEMPLATES, name product and purpose, then ${SUBMIT}`,
  },
  missing: { state: 'wrong', text: 'not registered: not sent', advice: SUBMIT },
};
const ORDER = Object.keys(STATES) as State[]; // Object.keys forgets the names' type.

export function createEskizApproval({ client, sender }: Dependencies): TextApproval {
  async function listTemplates(): Promise<Template[] | string> {
    const response = read(await client.get('/api/user/templates'));
    if ('error' in response) return response.error;
    const { result, data } = response.body;
    const list = Array.isArray(result) ? result : data;
    return Array.isArray(list) ? list.flatMap(toTemplate) : 'Eskiz: unreadable list of texts';
  }

  async function examineAccount(): Promise<GatewayFinding[]> {
    const response = read(await client.get('/api/auth/user'));
    if ('error' in response) return [{ state: 'wrong', text: response.error }];
    const { role, status, balance } = toObject(response.body.data);
    const amount = Number(balance);
    return [
      ...(role === 'test' ? [TEST_ACCOUNT] : []),
      ...(typeof status === 'string' && status !== 'active'
        ? [
            {
              state: 'wrong' as const,
              text: `the account is ${status.slice(0, 20)}`,
              advice: 'see the cabinet, or ask Eskiz',
            },
          ]
        : []),
      amount > 0
        ? { state: 'good', text: `the balance is ${amount}` }
        : {
            state: 'wrong',
            text: `the balance is ${Number.isFinite(amount) ? amount : 'unknown'}`,
            advice: 'top it up in the cabinet',
          },
    ];
  }

  async function examineSenders(): Promise<GatewayFinding[]> {
    const response = read(await client.get('/api/nick/me'));
    if ('error' in response) return [{ state: 'doubtful', text: `sender names: ${response.error}` }];
    const names = readNames(response.list);
    const known = names.length > 0 ? names.join(', ') : 'none of your own';
    if (sender === SHARED_SENDER || names.includes(sender))
      return [{ state: 'good', text: `sender ${sender}; names: ${known}` }];
    return [
      {
        state: 'wrong',
        text: `ESKIZ_SENDER ${sender} is not one of the account's names: ${known}`,
        advice: 'register it with Eskiz, or use 4546',
      },
    ];
  }

  return {
    async submit({ text, pattern }): Promise<Submission> {
      const templates = await listTemplates();
      if (typeof templates === 'string') return { kind: 'failed', detail: templates };
      const known = findState(templates, pattern);
      if (known !== 'missing' && known !== 'rejected') return { kind: 'known', detail: known };
      const response = read(await client.post('/api/user/template', { template: text }));
      return 'error' in response ? { kind: 'failed', detail: response.error } : { kind: 'submitted' };
    },

    async examine(samples) {
      const templates = await listTemplates();
      const texts: GatewayFinding[] =
        typeof templates === 'string'
          ? [{ state: 'wrong', text: templates }]
          : describeTexts(samples, ({ pattern }) => findState(templates, pattern));
      return [...(await examineAccount()), ...(await examineSenders()), ...texts];
    },
  };
}

const SHARED_SENDER = '4546';

const TEST_ACCOUNT: GatewayFinding = {
  state: 'wrong',
  text: `this is a test account: Eskiz sends only ${TEST_TEXTS.map((text) => `"${text}"`).join(', ')}, so no code arrives`,
  advice: 'sign the contract with Eskiz and top up the account in the cabinet',
};

/** One line for each state, with the texts that have it. */
function describeTexts(samples: readonly TextSample[], stateOf: (sample: TextSample) => State): GatewayFinding[] {
  const states = samples.map((sample) => ({ name: `${sample.locale} ${sample.kind}`, state: stateOf(sample) }));
  return ORDER.flatMap((state) => {
    const names = [...new Set(states.filter((entry) => entry.state === state).map(({ name }) => name))];
    const { text, ...rest } = STATES[state];
    return names.length === 0 ? [] : [{ ...rest, text: `texts ${text}: ${names.join(', ')}` }];
  });
}

/** The best state of the templates that are this text, apart from its digits. */
function findState(templates: readonly Template[], pattern: RegExp): State {
  const states = templates.filter(({ texts }) => texts.some((text) => pattern.test(text))).map(({ state }) => state);
  return ORDER.find((state) => states.includes(state)) ?? 'missing';
}

function toTemplate(entry: unknown): Template[] {
  const { original_text: original, template, status } = toObject(entry);
  const texts = [original, template]
    .filter((text) => typeof text === 'string')
    .map((text) => text.replace(/\r\n?/g, '\n'));
  const state = ORDER.find((known) => known === status) ?? 'other';
  return [{ texts, state: state === 'missing' ? 'other' : state }];
}

/** Names, or objects with a name. */
const readNames = (list: readonly unknown[]): string[] =>
  list
    .map((entry) => (typeof entry === 'string' ? entry : toObject(entry).name))
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/[^\w .-]/g, '?').slice(0, 20));

const toObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The JSON of a successful response; a list is also in `list`. */
function read(response: HttpResult): { body: Record<string, unknown>; list: readonly unknown[] } | { error: string } {
  const assessed = assess('Eskiz', response);
  if (assessed.kind === 'final') return { error: assessed.delivery.outcome === 'sent' ? '' : assessed.delivery.error };
  const body = parseJsonObject(assessed.body);
  if (assessed.status >= 300 || body.status === 'error') return { error: `Eskiz: HTTP ${assessed.status}` };
  const isList = assessed.body.trim().startsWith('[');
  const list = isList ? Object.values(body) : Array.isArray(body.data) ? body.data : [];
  return { body, list };
}
