// Focuses a button, given by the class of its key, in place of one that is gone; waits until an open dialog is closed.

const PATIENCE_MS = 3000;

export default function ({ data }) {
  const until = performance.now() + PATIENCE_MS;
  const give = () => {
    const button = document.getElementsByClassName(data.of)[0]?.querySelector("button");
    if (button && !document.querySelector("[role=dialog]")) button.focus();
    else if (performance.now() < until) requestAnimationFrame(give);
  };
  give();
}
