// While a run is under way its page asks how far it is, and shows the result when there is one.
const box = document.getElementById("progress");
if (box) {
  const bar = box.querySelector("progress");
  const ask = async () => {
    try {
      const answer = await fetch("/v1/runs/" + box.dataset.run);
      if (answer.ok) {
        const run = await answer.json();
        if (run.state !== "queued" && run.state !== "running") return location.reload();
        bar.value = run.progress;
      }
    } catch { /* the service is away for a moment: ask again */ }
    setTimeout(ask, 700);
  };
  ask();
}
// A second press of the button would send the files twice.
document.getElementById("upload")?.addEventListener("submit", (e) => { e.target.querySelector("button").disabled = true; });
