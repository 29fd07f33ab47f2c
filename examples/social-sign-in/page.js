// Signs in with a social provider. The refresh token is in an HttpOnly cookie, the access token only in a variable:
// neither is in the browser's storage or history.

const PENDING = 'latchkey-social';
const { api } = await (await fetch('config.json')).json();
let accessToken;

async function graphql(query, variables) {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    credentials: 'include',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (!data) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data;
}

const here = () => location.origin + location.pathname;

// Problem is an interface. Apollo Client drops `... on Problem` unless it is given possibleTypes; fetch needs nothing.

/** Sends the browser to the provider. The challenge ID binds the sign-in to this tab, so it is never put into a URL. */
async function begin(provider) {
  const { socialAuthorize: started } = await graphql(
    `mutation ($input: SocialAuthorizeInput!) {
      socialAuthorize(input: $input) {
        __typename
        ... on SocialAuthorization { url challengeId }
        ... on Problem { message }
      }
    }`,
    { input: { provider, redirectUri: here() } },
  );
  if (started.__typename !== 'SocialAuthorization') return showProblem(started.message);
  sessionStorage.setItem(PENDING, JSON.stringify({ provider, challengeId: started.challengeId }));
  location.assign(started.url);
}

/** The browser is back with a code. It is removed from the URL at once, so that it does not stay in the history. */
async function finish(returned) {
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', here());
  if (returned.has('error')) return showProblem(`The provider says: ${returned.get('error')}`);
  if (!pending) return showProblem('This sign-in was started in another tab. Please start again.');
  const { socialCallback: outcome } = await graphql(
    `mutation ($input: SocialCallbackInput!) {
      socialCallback(input: $input) {
        __typename
        ... on Authenticated { accessToken }
        ... on Problem { message }
      }
    }`,
    {
      input: {
        ...pending,
        code: returned.get('code') ?? '',
        state: returned.get('state') ?? '',
        issuer: returned.get('iss'),
        transport: 'COOKIE',
      },
    },
  );
  if (outcome.__typename === 'Authenticated') accessToken = outcome.accessToken;
  else showProblem(outcome.message);
}

/** Restores the session from the cookie, if there is one. */
async function resume() {
  const { refresh } = await graphql('mutation { refresh { __typename ... on Authenticated { accessToken } } }');
  accessToken = refresh.accessToken;
}

async function signOut() {
  await graphql('mutation { logout { __typename } }');
  accessToken = undefined;
  await show();
}

async function show() {
  const isSignedIn = Boolean(accessToken);
  element('signed-in').hidden = !isSignedIn;
  element('signed-out').hidden = isSignedIn;
  if (isSignedIn) await showMe();
  else await showProviders();
}

async function showMe() {
  const { me } = await graphql('{ me { id email emailVerified firstName lastName identities { provider email } } }');
  const facts = {
    Name: [me.firstName, me.lastName].filter(Boolean).join(' ') || '(unknown)',
    Email: me.email ? `${me.email}${me.emailVerified ? ', verified' : ''}` : '(unknown)',
    'Signs in with': me.identities.map(({ provider, email }) => `${provider} (${email ?? 'no address'})`).join(', '),
    Id: me.id,
  };
  element('me').replaceChildren(
    ...Object.entries(facts).flatMap(([name, fact]) => [text('dt', name), text('dd', fact)]),
  );
}

async function showProviders() {
  const { socialProviders } = await graphql('{ socialProviders { name label } }');
  const items = socialProviders.map(({ name, label }) => {
    const button = text('button', label);
    button.addEventListener('click', () => begin(name).catch(fail));
    const item = document.createElement('li');
    item.append(button);
    return item;
  });
  element('providers').replaceChildren(...items);
}

function showProblem(message) {
  element('problem').textContent = message;
  element('problem').hidden = false;
}

const element = (id) => document.getElementById(id);
const fail = (error) => showProblem(error.message);

/** Set as text, never as HTML: names come from other sites. */
function text(tag, content) {
  const made = document.createElement(tag);
  made.textContent = content;
  return made;
}

try {
  element('sign-out').addEventListener('click', () => signOut().catch(fail));
  const returned = new URLSearchParams(location.search);
  if (returned.has('state')) await finish(returned);
  else await resume();
  await show();
} catch (error) {
  fail(error);
}
