// Both ends.

function showEnd(end, i) {
  const section = document.getElementById(end);
  const said = words().frames[frame];
  const state = now().tcp ? now().frames[frame].states[i] : '';
  section.dataset.state = state;
  const begins = frame === 0 && now().first === 0;  // before the first event nobody has one
  const shown = begins ? '' : state;
  const pill = $(`.head.${end} .state`);
  pill.textContent = shown;
  pill.hidden = !shown;
  const title = $('h2', section);
  title.replaceChildren(ui(end), element('span', { class: 'unseen' }, ` ${shown}`));
  const calls = words().calls[said.calls[i]];
  const list = calls.lines.map(([call, outcome, value, kind, isNow, at]) => {
    const button = element('button', { title: ui('tipCall'), class: isNow ? 'now' : null },
      element('code', {}, call),
      element('span', { class: kind }, outcome),
      value ? element('span', { class: 'value' }, value) : null);
    button.addEventListener('click', () => go(at));
    return element('li', {}, button);
  });
  if (calls.earlier) list.unshift(element('li', {}, calls.earlier));
  if (calls.none) list.push(element('li', {}, calls.none));
  $('.calls', section).replaceChildren(...list);
  const kernel = words().kernel[said.kernel[i]];
  const verdict = $('.verdict', section);
  verdict.textContent = kernel.agrees ? `✓ ${kernel.verdict}` : kernel.verdict;
  verdict.className = `verdict${kernel.agrees ? ' agrees' : ''}${kernel.alarm ? ' alarm' : ''}`;
  $('.kernel', section).replaceChildren(...kernel.items.map(([name, value, tip, loud]) =>
    element('li', { title: tip, class: loud ? 'loud' : null },
      name ? element('i', {}, `${name} `) : null, value)));
}
