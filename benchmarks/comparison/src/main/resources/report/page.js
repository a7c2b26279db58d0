'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const metric = Object.fromEntries(data.metrics.map(m => [m.id, m]));
  const root = document.documentElement;
  const charts = [];

  const element = (name, text, className) => {
    const e = document.createElement(name);
    if (text !== undefined) e.textContent = text;
    if (className) e.className = className;
    return e;
  };
  const row = (...cells) => {
    const tr = element('tr');
    cells.forEach(cell => tr.append(cell));
    return tr;
  };
  const shown = (value, digits) =>
    value == null ? '' : value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
  const times = value => value == null ? '' : shown(value, 2) + ' ×';
  const color = name => getComputedStyle(root).getPropertyValue('--' + name).trim();

  function goals() {
    const body = document.querySelector('#goals tbody');
    for (const goal of data.goals) {
      const className = {met: 'met', 'not met': 'unmet'}[goal.verdict] ?? '';
      const sign = {met: '✓ ', 'not met': '✗ '}[goal.verdict] ?? '';
      body.append(row(element('td', goal.work), element('td', goal.goal), element('td', shown(goal.value, 2), 'number'),
        element('td', sign + goal.verdict, 'verdict ' + className)));
    }
  }

  const firstMetrics = group => group.work === 'LATENCY' ? ['LATENCY_P50', 'LATENCY_P99', 'LATENCY_P999'] : ['RECORDS_PER_SECOND'];

  // the bars of one metric over the cells of a group, or of several metrics over cells and metrics
  function settings(group, ids) {
    const bars = group.rows.flatMap(r => ids.map(id => ({row: r, id})));
    const name = id => ids.length > 1 ? metric[id].label.replace(/^latency | ms$/g, '') : '';
    return {
      labels: bars.map(({row: r, id}) => ids.length > 1 ? [name(id), r.label] : r.label),
      datasets: data.contenders.map(c => ({
        label: c.label,
        data: bars.map(({row: r, id}) => r.values[id]?.[c.id] ?? null),
        runs: bars.map(({row: r, id}) => r.runs[id]?.[c.id] ?? []),
        backgroundColor: color(c.id),
        maxBarThickness: 64,
        categoryPercentage: 0.7,
        barPercentage: 0.9,
      })),
    };
  }

  function options(title, digits) {
    const text = color('text'), dim = color('dim'), line = color('line');
    return {
      responsive: true, maintainAspectRatio: false, animation: false,
      plugins: {
        title: {display: true, text: title, color: text},
        legend: {position: 'bottom', labels: {color: text, boxWidth: 12}},
        tooltip: {callbacks: {
          label: item => `${item.dataset.label}: ${shown(item.raw, digits)}`,
          afterLabel: item => 'runs: ' + item.dataset.runs[item.dataIndex].map(v => shown(v, digits)).join('; '),
        }},
      },
      scales: {
        x: {ticks: {color: dim}, grid: {display: false}},
        y: {beginAtZero: true, ticks: {color: dim}, grid: {color: line}},
      },
    };
  }

  function draw() {
    charts.splice(0).forEach(chart => chart.destroy());
    const second = document.getElementById('metric').value;
    data.groups.forEach((group, i) => {
      const first = firstMetrics(group);
      const title = first.length > 1 ? 'latency, ms' : metric[first[0]].label;
      const digits = metric[first[0]].digits;
      charts.push(new Chart(`first-${i}`, {type: 'bar', data: settings(group, first), options: options(title, digits)}));
      charts.push(new Chart(`second-${i}`, {type: 'bar', data: settings(group, [second]), options: options(metric[second].label, metric[second].digits)}));
    });
  }

  function table(group) {
    const head = element('tr');
    ['', 'metric', ...data.contenders.map(c => c.label), 'ours / kafka-clients', 'ours / C'].forEach((t, i) =>
      head.append(element('th', t, i > 1 ? 'number' : '')));
    const t = element('table'), body = element('tbody'), thead = element('thead');
    thead.append(head);
    t.append(thead, body);
    for (const r of group.rows)
      for (const m of data.metrics) {
        if (!r.values[m.id]) continue;
        body.append(row(element('td', r.label), element('td', m.label),
          ...data.contenders.map(c => element('td', shown(r.values[m.id][c.id], m.digits), 'number')),
          element('td', times(r.toKafkaClients[m.id]), 'number'), element('td', times(r.toC[m.id]), 'number')));
      }
    return t;
  }

  function groups() {
    data.groups.forEach((group, i) => {
      const panel = element('div', undefined, 'group'), pair = element('div', undefined, 'charts');
      for (const which of ['first', 'second']) {
        const box = element('div', undefined, 'chart'), canvas = element('canvas');
        canvas.id = `${which}-${i}`;
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', `${group.title}; the values stand in the table below`);
        box.append(canvas);
        pair.append(box);
      }
      const details = element('details'), scroll = element('div', undefined, 'scroll');
      scroll.append(table(group));
      details.append(element('summary', 'All values'), scroll);
      panel.append(element('h3', group.title), pair, details);
      document.getElementById('groups').append(panel);
    });
  }

  function facts() {
    const add = (title, entries) => {
      const dl = element('dl');
      dl.append(element('h3', title));
      for (const [key, value] of Object.entries(entries)) dl.append(element('dt', key), element('dd', value));
      document.getElementById('facts').append(dl);
    };
    add('Machine', data.machine);
    add('Versions', data.versions);
    add('Parameters', data.parameters);
  }

  function failures() {
    document.getElementById('failed').hidden = data.failures.length === 0;
    data.failures.forEach(failure => document.querySelector('#failed ul').append(element('li', failure)));
  }

  function chooseTheme(dark) {
    root.dataset.theme = dark ? 'dark' : 'light';
    draw();
  }

  document.getElementById('subtitle').textContent =
    `The ${data.form} form, begun ${data.started.replace('T', ' ').replace('Z', ' UTC')}, ${Math.round(data.seconds / 60)} minutes. ` +
    `Each run is a process of its own; rounds are interleaved; the broker is on the same machine.`;
  const select = document.getElementById('metric');
  for (const m of data.metrics) {
    const option = element('option', m.label);
    option.value = m.id;
    select.append(option);
  }
  select.value = 'CPU_STEADY';
  select.addEventListener('change', draw);
  goals();
  groups();
  failures();
  facts();
  const preference = matchMedia('(prefers-color-scheme: dark)');
  preference.addEventListener('change', e => chooseTheme(e.matches));
  document.getElementById('theme').addEventListener('click', () => chooseTheme(root.dataset.theme !== 'dark'));
  chooseTheme(preference.matches);
})();
