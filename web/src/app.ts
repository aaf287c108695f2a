// SPDX-License-Identifier: EUPL-1.2
// The staff app: what a counter does, also without network.
import { mount } from 'svelte';
import App from './app/App.svelte';
import { Counter } from './app/base/counter.svelte';
import { startWorker } from './app/base/worker';
import { GateState } from './app/gate/gate_state.svelte';
import { openCabinet } from './app/outbox/cabinet';
import './app.css';

const target = document.getElementById('app');
if (target) {
  const counter = new Counter(await openCabinet());
  const gate = new GateState(counter);
  await counter.start();
  mount(App, { target, props: { counter, gate } });
  startWorker(() => gate.untouched && !document.querySelector('dialog[open]'));
}
