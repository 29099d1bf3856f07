import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { announce } from "../parts/announce.js";
import { follow } from "../parts/follow.js";
import { progress } from "../parts/progress.js";
import { notice } from "../parts/states.js";
import { replayResult } from "./replay-result.js";

const over = ["completed", "canceled", "failed"];

/** A replay, running or finished; fires `over` with the result. */
class ReplayView extends HTMLElement {
  connectedCallback() {
    if (this.isFollowing) return;
    this.isFollowing = true;
    if (over.includes(this.known.status)) return fill(this, replayResult(this.known));
    fill(this, this.running(this.known));
    this.watch();
  }

  async watch() {
    try {
      await follow(this, () => this.look(), replay => over.includes(replay.status));
    } catch (refusal) {
      fill(this, notice(refusal, () => this.watch()));
    }
  }

  async look() {
    const replay = await api.get(path`/admin/replays/${this.replay}`);
    if (!over.includes(replay.status)) this.running(replay);
    else {
      fill(this, replayResult(replay));
      this.dispatchEvent(new CustomEvent("over", { detail: replay }));
    }
    return replay;
  }

  running({ processed, total }) {
    this.progress ??= progress("Replaying", "events", () => this.cancel());
    this.progress.tell({ done: processed, total });
    return this.progress.element;
  }

  async cancel() {
    try {
      await api.post(path`/admin/replays/${this.replay}/cancel`);
    } catch (refusal) {
      announce(refusal.message);
    }
  }
}

customElements.define("replay-view", ReplayView);

export function replayView(id, known) {
  const view = document.createElement("replay-view");
  Object.assign(view, { replay: id, known });
  return view;
}
