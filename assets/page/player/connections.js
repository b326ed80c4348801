// The connections.

function buildConnections() {
  const pick = $('#connections');
  pick.hidden = data.connections.length < 2 && !ui('others');
  if (pick.hidden) return;
  pick.replaceChildren(...data.connections.map((one, i) => element('option', { value: i },
    `${one.number}   ${one.addresses.join(' → ')}`)));
  if (ui('others')) pick.append(element('option', { disabled: true }, ui('others')));
  pick.value = playing;
}

function playConnection(to) {
  if (to < 0 || to >= data.connections.length || to === playing) return;
  pause();
  playing = to;
  frame = selected = 0;
  field = scrolledFor = null;
  following = true;
  buildConnection();
}

// All that differs from one connection to another.
function buildConnection() {
  const { tcp, addresses } = now();
  $('#connections').value = playing;
  $('#connection').textContent = [words().connection, words().part].filter(Boolean).join(' · ');
  $('#numbers').hidden = !hasBothNumbers();
  $('#numbers').setAttribute('aria-pressed', raw);
  showAxis();
  $('#scrub').max = last();
  figures = tcp ? ends.map((end, i) =>
    new Film($('.figure', document.getElementById(end)), now().figures[i], now())) : [];
  ends.forEach((end, i) => {
    const section = document.getElementById(end);
    $('.without-tcp', section).textContent = tcp ? '' : ui('noTcp');
    $('.address', section).textContent = addresses ? addresses[i] : '';
    for (const part of ['.figure', '.kernel-title', '.verdict', '.kernel'])
      $(part, section).style.display = tcp ? '' : 'none';
  });
  const has = { numbers: hasBothNumbers(), axes: hasAxes(), connections: data.connections.length > 1 };
  $('#keys dl').replaceChildren(...ui('keyList').filter(([, , needs]) => !needs || has[needs])
    .flatMap(([keys, does]) => [element('dt', {}, keys), element('dd', {}, does)]));
  buildEvents();
  fitLadder();
  show(false);
}

function toggleMore() {
  more = !more;
  showTold();
}
