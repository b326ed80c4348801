// The ladder.

const paper = $('#paper');
const rungs = $('#rungs');

// The picture of the ladder that is shown; a long trace has only one axis.
function filmOf(wanted) {
  const { axes: others } = words();
  return (others && others[axis] || words())[wanted];
}

function scale() { return rungs.clientWidth / filmOf(width).size[0] || 1; }

function fitLadder() {
  const room = paper.clientWidth - 8;
  const wanted = room < 500 ? 'narrow' : 'wide';
  const film = filmOf(wanted);
  const shown = Math.min(room, film.size[0] * 1.25) * zoom;
  for (const box of [rungs, $('#heads')]) box.style.width = `${shown}px`;
  rungs.style.height = `${shown * film.size[1] / film.size[0]}px`;
  ends.forEach((end, i) => {
    $(`.head.${end}`).style.left = `${100 * film.ends[i] / film.size[0]}%`;
  });
  width = wanted;
  if (!ladder || ladder.film !== film) ladder = new Film(rungs, film, now(), words().tips);
  showLadder();
}

// What is in sight, and a good deal above and below it.
function showLadder() {
  const from = paper.scrollTop - $('#heads').clientHeight;
  ladder.show(frame, (from - 1500) / scale(), (from + paper.clientHeight + 1500) / scale());
  markSelected();
}

// What happens now stays in sight, with room for what comes next.
function followLadder(smoothly) {
  $('#follow').hidden = following && zoom === 1;
  if (!following) return;
  const heads = $('#heads').clientHeight;
  const at = filmOf(width).now[frame] * scale() + heads;
  paper.scrollTo({
    top: Math.max(0, at - heads - 0.55 * (paper.clientHeight - heads)),
    behavior: smoothly && !still.matches ? 'smooth' : 'instant',
  });
  showLadder();
}

function zoomLadder(by) {
  const before = scale();
  const middle = paper.scrollTop + paper.clientHeight / 2;
  zoom = Math.max(0.4, Math.min(3, Math.round(zoom * 1.25 ** by * 100) / 100));
  if (Math.abs(zoom - 1) < 0.1) zoom = 1;
  fitLadder();
  paper.scrollTop = middle * scale() / before - paper.clientHeight / 2;
  followLadder(false);
}

function changeAxis() {
  if (!hasAxes()) return;
  axis = axes[(axes.indexOf(axis) + 1) % axes.length];
  following = true;
  showAxis();
  fitLadder();
  followLadder(false);
}

function showAxis() {
  const button = $('#axis');
  button.hidden = !hasAxes();
  button.textContent = ui(axis);
  button.setAttribute('aria-label', `${ui(axis)}: ${ui('tipAxis')}`);
}

function follow() {
  following = true;
  zoom = 1;
  fitLadder();
  followLadder(true);
}

function letGo() {
  following = false;
  $('#follow').hidden = false;
}

function markSelected() {
  for (const one of rungs.querySelectorAll('.segment'))
    one.classList.toggle('selected', selected !== 0 && Number(one.dataset.segment) === selected);
}

// The segment whose arrow is nearest: a finger is wider than a line.
function segmentNear(event) {
  const direct = event.target.closest('.segment');
  if (direct) return Number(direct.dataset.segment);
  const box = rungs.getBoundingClientRect();
  const x = (event.clientX - box.left) / scale();
  const y = (event.clientY - box.top) / scale();
  let best = 0;
  let least = 16 / scale();
  for (const group of rungs.querySelectorAll('.segment')) {
    const line = $('line', group);
    if (!line) continue;
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name)));
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    if (length === 0) continue;
    const t = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    const away = Math.hypot(x1 + t * (x2 - x1) - x, y1 + t * (y2 - y1) - y);
    if (away < least) [best, least] = [Number(group.dataset.segment), away];
  }
  return best;
}
