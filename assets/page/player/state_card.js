// The card of a state: when one end came there and left it, and why.

function openCard(end, state, event) {
  const dialog = $('#card-of-state');
  card = { end, state };
  showCard();
  if (!dialog.open) dialog.show();
  // Who points goes on with the keys of the page; who walks by Tab is led there.
  if (event.detail > 0) document.activeElement.blur();
}

function closeCard() {
  card = null;
  $('#card-of-state').close();
}

function showCard() {
  if (!card) return;
  const i = ends.indexOf(card.end);
  const story = words().states[i][card.state];
  if (!story) return closeCard();
  $('#card-of-state').dataset.end = card.end;
  $('#state-title').textContent = card.state;
  $('#state-where').textContent = `${ui(card.end)} · RFC 9293 ${story.rfc}`;
  const turn = (label, one) => {
    const button = element('button', { title: ui('tipMoment') },
      element('i', {}, label), element('code', {}, one.when), element('span', {}, one.why));
    button.addEventListener('click', () => go(one.frame));
    return element('li', {}, button);
  };
  const list = [];
  for (const visit of story.visits) {
    if (visit.entered.frame > frame) break;
    list.push(turn(ui('entered'), visit.entered));
    const isOver = visit.left && visit.left.frame <= frame;
    if (isOver) list.push(turn(ui('left'), visit.left));
    if (isOver || (!visit.left && frame === last()))
      list.push(element('li', { class: 'stayed' }, visit.stayed));
  }
  const none = list.length ? '' : ui(story.never ? 'never' : 'notYet');
  $('#state-meaning').textContent = story.meaning;
  $('#state-none').textContent = none;
  $('#card-of-state ul').replaceChildren(...list);
}
