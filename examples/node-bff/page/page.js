import { createLatchkey, formErrors } from './latchkey/index.js';

const latchkey = createLatchkey({ url: '/graphql' });
const element = (id) => document.getElementById(id);
/** What the code is for. */
let step;

latchkey.onChange(render);

function render() {
  const { status, user } = latchkey.session;
  element('signed-in').hidden = status !== 'signedIn';
  element('signed-out').hidden = status !== 'signedOut' || step !== undefined;
  element('code').hidden = status !== 'signedOut' || step === undefined;
  element('sent').textContent = step?.text ?? '';
  if (status !== 'signedIn') return;
  element('user').textContent = user.email;
  run(listSessions);
}

async function listSessions() {
  const { sessions } = await latchkey.me();
  const items = sessions.map(({ device, ipAddress, isCurrent }) => {
    const item = document.createElement('li');
    item.textContent = `${device}, ${ipAddress}${isCurrent ? ' (this browser)' : ''}`;
    return item;
  });
  element('sessions').replaceChildren(...items);
}

const signIn = ({ email, password }) => latchkey.login({ identifier: email, password });
const signUp = ({ email, password }) => latchkey.registerEmail({ email, password });
const confirm = ({ code }) =>
  step.isEmail
    ? latchkey.verifyEmail({ challengeId: step.challengeId, code })
    : latchkey.verifySecondFactor({ challengeId: step.challengeId, totp: code });

/** Shows the problem or the next step; a sign-in reaches `render`. */
async function run(work, values) {
  const problem = element('problem');
  try {
    const result = await work(values);
    const { form, fields = {} } = formErrors(result) ?? {};
    problem.textContent = [form, ...Object.values(fields)].filter(Boolean).join(' ');
    step = nextStep(result) ?? step;
  } catch (error) {
    problem.textContent = error.message;
  }
  problem.hidden = problem.textContent === '';
}

function nextStep(result) {
  switch (result?.__typename) {
    case 'Challenge':
      return { isEmail: true, challengeId: result.id, text: `We sent a code to ${result.sentTo}.` };
    case 'SecondFactorRequired':
      return { isEmail: false, challengeId: result.challengeId, text: 'Enter the code of your authenticator app.' };
  }
}

function onSubmit(form, workFor) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await run(workFor(event.submitter), Object.fromEntries(new FormData(form)));
    render();
  });
}
onSubmit(element('signed-out'), ({ value }) => (value === 'sign-up' ? signUp : signIn));
onSubmit(element('code'), () => confirm);
element('sign-out').addEventListener('click', () => {
  step = undefined;
  run(latchkey.logout);
});
