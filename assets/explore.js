/* Controls name a view; a view redraws its card; the address follows. Runs once Dash has taken over. */
(function () {
  'use strict';
  var shape = function () { return ''; };
  var cards = {}, turn = 0;

  function element(id) { return document.getElementById(id); }
  function set(id, props) { window.dash_clientside.set_props(id, props); }

  function join() { return Array.prototype.filter.call(arguments, Boolean).join('&'); }

  function written(values) {
    return Object.keys(values).filter(function (name) { return values[name] !== ''; }).map(function (name) {
      return name + '=' + encodeURIComponent(values[name]).replace(/%2C/g, ',');
    }).join('&');
  }

  function differing(values, usual) {
    var kept = {};
    Object.keys(values).forEach(function (name) {
      if (values[name] !== (usual[name] || '')) kept[name] = values[name] || '_T';
    });
    return kept;
  }

  function same(one, other) { return !Object.keys(differing(one, other)).length; }

  /* {name: code, or codes with commas} of the controls of one card. */
  function chosen(values, ids) {
    var named = {};
    ids.forEach(function (id, i) {
      var all = values[i] === '_T' && id.control !== 'split';
      named[id.control] = Array.isArray(values[i]) ? values[i].join(',') : (all ? '' : values[i] || '');
    });
    return named;
  }

  /* A dimension that is newly compared shows all its codes. */
  function compared(named, card) {
    if (named.split === card.shown.split) return named;
    (named.split || '').split(',').forEach(function (dimension) {
      if (dimension in named) named[dimension] = card.usual[dimension] || '';
    });
    return named;
  }

  function query(card, named) {
    return written(Object.assign({}, card.fixed, differing(named, card.usual)));
  }

  /* A card that shares the width of the page is drawn in the form for phones. */
  function shapeOf(shared) {
    return shared ? join(shape().replace(/form=phone&?/, ''), 'form=phone') : shape();
  }

  function figureUrl(card, named) {
    var own = location.pathname.indexOf('/charts/') === 0 ? 'place=own' : '';
    var place = card.slot ? 'place=' + card.slot : own;
    return '/charts/' + card.indicator + '.figure.json?' + join(query(card, named), card.reading, shapeOf(card.slot), place);
  }

  /* The address of the page names what differs from what the page shows by itself. */
  function address(card, named) {
    var here = new URLSearchParams(location.search), own = differing(named, card.home);
    if (card.slot) {
      var view = query(card, named);
      here.set(card.slot, card.indicator + (view ? '?' + view : ''));
    } else {
      Object.keys(named).forEach(function (name) { here.delete(name); });
      Object.keys(own).forEach(function (name) { here.set(name, own[name]); });
    }
    var text = here.toString().replace(/%2C/g, ',');
    return location.pathname + (text ? '?' + text : '');
  }

  /* The other way round: what an address says about a card. */
  function read(card) {
    var here = new URLSearchParams(location.search), named = {};
    if (card.slot) {
      var view = new URLSearchParams((here.get(card.slot) || '').split('?')[1] || '');
      Object.keys(card.shown).forEach(function (name) { named[name] = view.get(name) || card.usual[name] || ''; });
    } else {
      Object.keys(card.shown).forEach(function (name) { named[name] = here.get(name) || card.home[name] || ''; });
    }
    Object.keys(named).forEach(function (name) { if (named[name] === '_T' && !card.usual[name] && name !== 'split') named[name] = ''; });
    return named;
  }

  function graph(name, figure) {
    return {
      namespace: 'dash_core_components', type: 'Graph',
      props: {
        id: { graph: name }, figure: { data: figure.data, layout: figure.layout }, config: figure.config,
        responsive: true, style: { height: figure.layout.height + 'px' }
      }
    };
  }

  function ask(url) {
    return fetch(url, { headers: { accept: 'application/json' } }).then(function (response) {
      return response.json().then(function (answer) { return { ok: response.ok, answer: answer }; });
    });
  }

  function put(id, markup) {
    var place = element(id);
    if (place) place.innerHTML = markup;
  }

  function say(text) {
    var live = element('live');
    if (live) live.textContent = text;
  }

  function problem(name, text) {
    element(name + '-problem').textContent = text;
    element(name + '-plot').toggleAttribute('data-refused', text !== '');
    if (text) say(text);
  }

  function rewrite(name, answer) {
    var foot = element(name + '-foot'), opened = foot.querySelector('details[open]') !== null;
    ['head', 'picture', 'foot'].forEach(function (part) { put(name + '-' + part, answer.parts[part]); });
    var details = foot.querySelector('details');
    if (details) details.open = opened;
    window.bwpNotice.look(element(name + '-head'));
    var plot = element(name + '-plot');
    plot.setAttribute('aria-label', answer.summary.join(' '));
    if (!answer.live) plot.removeAttribute('data-live');
    say(answer.title + '. ' + answer.summary.join(' '));
  }

  /* The list that offers other indicators keeps the view that is shown of this one. */
  function keepPick(card, named) {
    var list = card.slot && element('pick-' + card.slot), view = query(card, named);
    if (list) Array.prototype.forEach.call(list.options, function (option) {
      if (option.value.split('?')[0] === card.indicator) option.value = card.indicator + (view ? '?' + view : '');
    });
  }

  /* Fetches a view and writes it into its card; resolves to the answer, or null when there is none to draw. */
  async function show(card, named) {
    var mine = card.turn = ++turn, got = await ask(figureUrl(card, named));
    if (mine !== card.turn) return null;
    problem(card.name, got.ok ? '' : got.answer.message);
    card.shown = named;
    keepPick(card, named);
    if (!got.ok) return null;
    rewrite(card.name, got.answer);
    return got.answer;
  }

  function plotOf(card, answer) {
    if (!answer.live) return null;
    drawn(card.name);
    return graph(card.name, answer.figure);
  }

  function controlsOf(card, answer) {
    if (answer.signature === card.signature) return window.dash_clientside.no_update;
    card.signature = answer.signature;
    keepFocus();
    return answer.controls;
  }

  function keepFocus() {
    var id = document.activeElement && document.activeElement.id, end = performance.now() + 1500;
    if (!id) return;
    (function look() {
      var again = element(id), lost = !document.activeElement || document.activeElement === document.body;
      if (again && lost) again.focus({ preventScroll: true });
      else if (performance.now() < end) requestAnimationFrame(look);
    })();
  }

  async function redraw(values, ids) {
    var none = [window.dash_clientside.no_update, window.dash_clientside.no_update];
    var card = ids.length && cards[ids[0].card];
    if (!card) return none;
    var named = compared(chosen(values, ids), card);
    if (same(named, card.shown)) return none;
    history.pushState(null, '', address(card, named));
    var answer = await show(card, named);
    return answer ? [plotOf(card, answer), controlsOf(card, answer)] : none;
  }

  /* Back and forward: the address is the truth. */
  async function follow() {
    for (var name of Object.keys(cards)) {
      var card = cards[name], named = read(card);
      if (same(named, card.shown)) continue;
      var answer = await show(card, named);
      if (!answer) continue;
      card.signature = answer.signature;
      set({ slot: 'controls', card: name }, { children: answer.controls });
      set({ slot: 'plot', card: name }, { children: plotOf(card, answer) });
    }
  }

  /* The picture stays until plotly has drawn. */
  function drawn(name) {
    var plot = element(name + '-plot');
    if (plot.hasAttribute('data-live')) return;
    var seen = new MutationObserver(check);
    function check() {
      if (!plot.querySelector('.js-plotly-plot .main-svg')) return;
      seen.disconnect();
      plot.setAttribute('data-live', '');
    }
    seen.observe(plot, { childList: true, subtree: true });
    check();
  }

  /* Charts further down come to life when they come near. */
  function near(entries, watcher) {
    entries.filter(function (entry) { return entry.isIntersecting; }).forEach(function (entry) {
      watcher.unobserve(entry.target);
      enliven(entry.target);
    });
  }

  async function enliven(plot) {
    var name = plot.getAttribute('data-card'), url = plot.getAttribute('data-graph');
    var form = shapeOf(plot.hasAttribute('data-compact'));
    var got = await ask(url + (url.indexOf('?') < 0 ? '?' : '&') + form);
    if (!got.ok || !got.answer.live) return;
    set({ slot: 'plot', card: name }, { children: graph(name, got.answer.figure) });
    drawn(name);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.bwp = { redraw: redraw };

  window.bwp = {
    begin: function (shapeOfReader) {
      shape = shapeOfReader;
      document.querySelectorAll('[data-spec]').forEach(function (bar) {
        var card = JSON.parse(bar.getAttribute('data-spec'));
        cards[card.name] = card;
        bar.addEventListener('submit', function (event) { event.preventDefault(); });
      });
      var watcher = new IntersectionObserver(near, { rootMargin: '200px 0px' });
      document.querySelectorAll('[data-graph]').forEach(function (plot) {
        if (plot.querySelector('.js-plotly-plot, .dash-graph')) drawn(plot.getAttribute('data-card'));
        else watcher.observe(plot);
      });
      addEventListener('popstate', follow);
    }
  };
})();
