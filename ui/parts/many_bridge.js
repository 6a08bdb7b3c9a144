// Carries questions of the map's script to the server and answers back; shows nothing itself.
// The map lives in a frame of the same origin and finds this under `window.parent.incidentMapBridge`.
export default function ({ data, setStateValue }) {
  const bridge = (window.incidentMapBridge ??= {});
  bridge.ask = (question) => setStateValue("view", question);
  bridge.listen?.(data);
  return () => {
    bridge.ask = null;
  };
}
