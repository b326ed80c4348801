// The list of events.

function buildEvents() {
  $('#events ol').replaceChildren(...words().events.map((event, i) => {
    const what = element('span', { class: 'what' },
      event.who ? element('i', {}, `${event.who} `) : null, event.what);
    for (const change of event.changes || [])
      what.append(' ', element('span', { class: 'change' }, change));
    for (const note of event.notes || []) what.append(' ', element('span', { class: 'note' }, note));
    const button = element('button', { title: ui('tipMoment') },
      element('i', {}, String(event.number)), element('i', {}, event.time), what);
    button.addEventListener('click', () => go(i + 1));
    return element('li', {}, button);
  }));
  const dots = [];
  if (last() <= 200) {
    words().events.forEach((event, i) => {
      const dot = element('i');
      dot.style.left = `${100 * (i + 1) / last()}%`;
      dot.style.background = `var(--c${event.colour})`;
      dots.push(dot);
    });
  }
  $('#dots').replaceChildren(...dots);
}

let currentRow = null;

function markEvent() {
  if (currentRow) currentRow.firstChild.removeAttribute('aria-current');
  currentRow = $('#events ol').children[frame - 1] || null;
  const row = currentRow;
  if (!row) return;
  row.firstChild.setAttribute('aria-current', 'step');
  const list = $('#events');
  if (!list.classList.contains('open')) return;
  const from = row.offsetTop;
  if (from < list.scrollTop || from > list.scrollTop + list.clientHeight - 60)
    list.scrollTop = from - list.clientHeight / 2;
}

function toggleEvents(open = !$('#events').classList.contains('open')) {
  $('#events').classList.toggle('open', open);
  $('#events-button').setAttribute('aria-expanded', open);
  if (open && getComputedStyle($('#events')).position !== 'fixed') $('#events').scrollIntoView();
  markEvent();
}
