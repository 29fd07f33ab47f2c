// Shows the strength of the password while the user types. The form works without it, and the server decides.
const TYPING_PAUSE_MS = 300;

const field = document.getElementById('password');
const meter = document.getElementById('meter');
const status = document.getElementById('strength');
const ratings = JSON.parse(status.dataset.ratings);
const minScore = Number(status.dataset.minScore);

let loading;
let timer;

const estimate = async (password) => {
  loading ??= import('./estimate.js');
  const { scorePassword } = await loading;
  return scorePassword(password.normalize('NFC'));
};

async function show() {
  const password = field.value;
  const score = password === '' ? undefined : await estimate(password).catch(() => undefined);
  if (field.value !== password) return; // The user has typed more meanwhile.
  meter.hidden = score === undefined;
  meter.value = score ?? 0;
  status.textContent =
    score === undefined ? '' : [`${ratings[score]}.`, score < minScore ? status.dataset.tooWeak : ''].join(' ').trim();
}

// Loads the word lists early, so that the first rating is immediate.
field.addEventListener('focus', () => estimate('').catch(() => {}), { once: true });
// Waits for a pause in typing: screen readers would read out a rating for every letter.
field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(show, TYPING_PAUSE_MS);
});
