import { api, path } from "../core/api.js";
import { Page } from "../parts/page.js";
import { replayView } from "../rules/replay-view.js";

/** One replay, reached by a link. */
class ReplayPage extends Page {
  show() {
    const load = async () => {
      const replay = await api.get(path`/admin/replays/${this.parameters.id}`);
      return { replay, script: await api.get(path`/admin/scripts/${replay.scriptId}`) };
    };
    this.with(this, "the replay", load, ({ replay, script }) => [
      this.heading("Replay", { back: { href: `#/rules/${script.id}?tab=replay`, text: script.name } }),
      replayView(replay.id, replay),
    ]);
  }
}

customElements.define("replay-page", ReplayPage);
