// Where one looks.

function show(smoothly = true) {
  document.body.dataset.frame = frame;
  if (now().tcp) figures.forEach((figure) => figure.show(frame));
  ends.forEach(showEnd);
  showCard();
  showTold();
  showSegment();
  markEvent();
  const count = words().count.replace('#', now().first + frame);
  $('#count').textContent = count;
  const scrub = $('#scrub');
  scrub.value = frame;
  const event = words().events[frame - 1];
  scrub.setAttribute('aria-valuetext', event ? `${count}: ${event.what}` : count);
  followLadder(smoothly);
  if (!following) showLadder();
}

function move(to) {
  frame = Math.max(0, Math.min(last(), to));
  selected = 0;
  show();
}

// By hand: that ends playing.
function go(to) {
  pause();
  move(to);
}

function pause() {
  if (timer === null) return;
  clearInterval(timer);
  timer = null;
  showPlaying();
}

function tick() {
  move(frame + 1);
  if (frame === last()) pause();
}

function togglePlay() {
  if (timer !== null) return pause();
  if (frame === last()) move(0);
  timer = setInterval(tick, 500 / speeds[speed]);
  showPlaying();
}

function showPlaying() {
  const playing = timer !== null;
  document.body.classList.toggle('playing', playing);
  // Who listens is not to be talked over twice a second.
  for (const live of ['#told', '#story']) $(live).setAttribute('aria-live', playing ? 'off' : 'polite');
  name($('#play'), ui(playing ? 'tipPause' : 'tipPlay'));
}

function changeSpeed(by) {
  speed = Math.max(0, Math.min(speeds.length - 1, speed + by));
  $('#speed').textContent = ui('speed').replace('#', speeds[speed]);
  if (timer === null) return;
  clearInterval(timer);
  timer = setInterval(tick, 500 / speeds[speed]);
}

function toggleNumbers() {
  if (!hasBothNumbers()) return;
  raw = !raw;
  $('#numbers').setAttribute('aria-pressed', raw);
  buildEvents();
  fitLadder();
  show(false);
}

function toggleInspector() {
  const hidden = document.body.classList.toggle('without-segment');
  $('#inspector').setAttribute('aria-expanded', !hidden);
}

function toggleBlank(blank = $('#blank').hidden) {
  pause();
  $('#blank').hidden = !blank;
}
