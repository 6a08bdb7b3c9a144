// The keyboard goes to a button, by the class of its key, where the one that was pressed is gone; once a dialog that was open is, too.

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
