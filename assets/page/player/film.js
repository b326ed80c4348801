// A picture that changes from frame to frame: pieces, each with its reach from top to bottom and the
// frames in which it is there. Only those in sight are in the document.
class Film {
  constructor(svg, film, connection, tips = {}) {
    svg.setAttribute('viewBox', `0 0 ${film.size[0]} ${film.size[1]}`);
    this.film = film;
    this.connection = connection;
    this.tips = tips;
    this.layers = film.layers.map(() => svgElement('g'));
    svg.replaceChildren(...this.layers);
  }
  // A piece is the number of its template, and what goes into the template's gaps.
  svgOf(piece) {
    const [template, ...parts] = this.connection.pieces[piece].split(' ');
    return this.connection.templates[template].replace(/\x01/g, () => parts.shift());
  }
  make(piece, index) {
    const made = svgElement('g');
    made.innerHTML = this.svgOf(piece);  // SVG with all text escaped
    made.index = index;
    const segment = $('.segment', made);
    const tip = segment && $('line', segment) && this.tips[segment.dataset.segment];
    if (tip) segment.prepend(svgElement('title', tip));
    return made;
  }
  show(at, from = -Infinity, to = Infinity) {
    this.film.layers.forEach((pieces, k) => {
      const layer = this.layers[k];
      let next = layer.firstChild;
      const drop = () => {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
      };
      pieces.forEach((one, index) => {
        if (one[2] < from || one[1] > to) return;
        let shown = false;
        for (let i = 3; i < one.length && !shown; i += 2) shown = one[i] <= at && at <= one[i + 1];
        if (!shown) return;
        while (next && next.index < index) drop();
        if (next && next.index === index) next = next.nextSibling;
        else layer.insertBefore(this.make(one[0], index), next);
      });
      while (next) drop();
    });
  }
}
