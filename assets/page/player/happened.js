// What just happened.

function showTold() {
  const told = words().frames[frame].told;
  $('#when').textContent = [told.when, told.after].filter(Boolean).join(' · ');
  const passage = words().story[now().frames[frame].passage];
  const lines = [element('p', { class: told.when ? null : 'dim' }, told.sentence)];
  if (told.rows) lines.push(element('pre', {}, told.rows.join('\n')));
  for (const [text, colour] of told.changes || []) {
    const line = element('p', {}, text);
    line.style.color = `var(--c${colour})`;
    lines.push(line);
  }
  $('#told').replaceChildren(...lines);
  if ($('#story').textContent !== (passage || '')) $('#story').textContent = passage || '';
  const list = [];
  for (const [label, source, text] of (told.more || []).map((i) => words().more[i])) {
    list.push(element('dt', {}, label),
      element('dd', {}, source ? element('em', {}, source) : null, text));
  }
  $('#more').replaceChildren(...list);
  $('#more').hidden = !more;
  const button = $('#more-button');
  button.textContent = ui(more ? 'less' : 'more');
  button.title = ui(more ? 'tipLess' : 'tipMore');
  button.setAttribute('aria-expanded', more);
  $('#claims').hidden = words().claims.length === 0;
  $('#claims ul').replaceChildren(...words().claims.map((claim) => {
    const decided = claim.frame !== undefined && claim.frame <= frame;
    const line = element('li', { class: decided ? (claim.holds ? 'holds' : 'fails') : null },
      element('span', { class: 'unseen' }, `${decided ? claim.word : ui('open')}: `), claim.text);
    if (decided && claim.evidence) line.title = claim.evidence;
    return line;
  }));
}
