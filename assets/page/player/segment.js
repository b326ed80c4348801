// The segment.

function showSegment() {
  const id = selected || now().frames[frame].segment;
  const segment = words().segments[id];
  const section = $('#segment');
  section.dataset.segment = id;
  $('#segment-title').textContent = segment ? segment.title : ui('segment');
  $('#marks').textContent = segment && segment.previous ? words().marks[segment.marks].replace('#', segment.previous) : '';
  $('#note').textContent = segment ? segment.note || '' : words().noSegment;
  const headers = $('#headers');
  headers.hidden = !(segment && segment.fields);
  if (headers.hidden) return;
  // The layout's own values, and those in which this segment differs.
  const values = [...words().first[segment.layout]];
  for (let i = 0; i < segment.fields.length; i += 2) values[segment.fields[i]] = segment.fields[i + 1];
  const fields = values.map((i) => {
    const [kind, value, full, differs, before] = words().values[i];
    return { ...words().kinds[kind], value, full, differs: differs === 1, before: before.replace('#', segment.previous) };
  });
  const [tall, , ...boxes] = words().layouts[segment.layout];
  const choose = (i) => { field = fields[i].title; showField(fields); };
  const wasAt = $('#rows').scrollTop;
  $('#rows').replaceChildren(...boxes.map(([i, row, rows, bit, bits, named]) => {
    const one = fields[i];
    const narrow = bits < 3;
    const box = element('button', {
      class: `${one.part}${one.differs ? ' differs' : ''}${row === tall && bits === 1 ? ' bit' : ''}`,
      title: `${one.title}: ${one.value}`, 'aria-label': `${one.title}: ${one.value}`, 'data-field': i,
    }, named && !(narrow && row !== tall) ? element('b', {}, one.name) : null,
    named ? element('code', {}, one.value) : null);
    box.style.gridArea = `${row + 1} / ${bit + 1} / span ${rows} / span ${bits}`;
    box.addEventListener('click', () => choose(i));
    return box;
  }));
  if (segment.data) $('#rows').append(element('div', { class: 'data' }, segment.data));
  const bytes = (now().octets[id] || '').match(/../g) || [];
  $('#hex').replaceChildren(...bytes.map((byte, at) => {
    const i = fields.findIndex((one) => one.bit <= 8 * at && 8 * at < one.bit + one.bits);
    const cell = element('span', { 'data-octet': at }, byte);
    if (i >= 0) cell.addEventListener('click', () => choose(i));
    return cell;
  }));
  showField(fields);
  // TCP's own header is what one came for; IP's stands above it.
  const rows = $('#rows');
  const tcp = $('.tcp', rows);
  rows.scrollTop = scrolledFor === null && tcp ? tcp.offsetTop - rows.offsetTop : wasAt;
  scrolledFor = id;
}

function showField(fields) {
  const i = fields.findIndex((one) => one.title === field);
  for (const box of $('#rows').children)
    box.classList.toggle('chosen', i >= 0 && Number(box.dataset.field) === i);
  const chosen = fields[i];
  for (const cell of $('#hex').children) {
    const bit = 8 * Number(cell.dataset.octet);
    const inField = (one) => one.bit < bit + 8 && bit < one.bit + one.bits;
    cell.classList.toggle('chosen', chosen !== undefined && inField(chosen));
    cell.classList.toggle('differs', fields.some((one) => one.differs && inField(one)));
  }
  $('#card').replaceChildren(...(chosen ? [
    element('p', { class: 'name' }, element('small', {}, chosen.place), chosen.title),
    element('p', {}, element('code', {}, chosen.full)),
    element('p', { class: chosen.differs ? 'differs' : 'dim' }, chosen.before),
    element('p', {}, chosen.meaning),
    element('p', { class: 'source' }, chosen.source),
  ] : [element('p', { class: 'dim' }, ui('inspect'))]));
}
