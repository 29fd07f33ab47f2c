// Tells how strong the typed password is. The form works the same without it, and the server alone decides.
const QUIET_MS = 300;

const field = document.getElementById('password');
const meter = document.getElementById('meter');
const told = document.getElementById('strength');
const ratings = JSON.parse(told.dataset.ratings);
const least = Number(told.dataset.least);

let loading;
let timer;

const estimate = async (password) => {
  loading ??= import('./estimate.js');
  const { strengthOf } = await loading;
  return strengthOf(password.normalize('NFC'));
};

async function show() {
  const password = field.value;
  const score = password === '' ? undefined : await estimate(password).catch(() => undefined);
  if (field.value !== password) return; // typed on meanwhile
  meter.hidden = score === undefined;
  meter.value = score ?? 0;
  told.textContent =
    score === undefined ? '' : [`${ratings[score]}.`, score < least ? told.dataset.tooWeak : ''].join(' ').trim();
}

// Early, so that the lists are there when the first rating is due.
field.addEventListener('focus', () => estimate('').catch(() => {}), { once: true });
// Once the typing pauses: a rating of every letter would be read out over the next.
field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(show, QUIET_MS);
});
