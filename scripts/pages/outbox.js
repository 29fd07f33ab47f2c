// Shows new messages while the page is open. What a developer reads or copies meanwhile stays as it is.
const INTERVAL_MS = 3000;

const messages = document.getElementById('messages');
const news = document.getElementById('news');

async function readMessages() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return [...(page.getElementById('messages')?.children ?? [])];
}

/** @param latest newest first, as they are shown */
function show(latest) {
  const shown = new Map([...messages.children].map((message) => [message.id, message]));
  const added = latest.filter(({ id }) => !shown.has(id));
  for (const message of latest) {
    const before = shown.get(message.id);
    shown.delete(message.id);
    if (before && !before.isEqualNode(message)) before.replaceWith(message);
  }
  for (const gone of shown.values()) gone.remove();
  messages.prepend(...added);
  const subjects = added.flatMap((message) => message.querySelector('h2')?.textContent ?? []);
  if (subjects.length > 0) news.textContent = `New: ${subjects.join(', ')}`;
}

async function update() {
  if (!document.hidden) await readMessages().then(show, () => {}); // The service may be restarting.
  setTimeout(update, INTERVAL_MS);
}
setTimeout(update, INTERVAL_MS);
