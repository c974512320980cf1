// A customer's page as sites have written them for the Avaya SDK: nothing here knows Copane.
var config = new AvayaCoBrowseClientServices.Config.CoBrowseConfiguration();
config.serverInfo.hostName = location.hostname;
config.serverInfo.port = location.port;
config.serverInfo.isSecure = location.protocol === "https:";
config.enabled = true;

var services = new AvayaCoBrowseClientServices();
var customerCobrowse = services.createCustomerCobrowse(config);

function $id(id) {
  return document.getElementById(id);
}
function show(id, text) {
  $id(id).textContent = text;
}
function refresh() {
  var data = customerCobrowse.getCustomerData();
  show(
    "cobrowse-state",
    data.cobrowseState === undefined
      ? "Not shared"
      : `${data.cobrowseState}, agent in control: ${data.agentControlState}`,
  );
  show("cobrowse-key", data.getPassPhrase());
  show("cobrowse-agent", data.getAgentName());
  $id("control-dialog").hidden = data.agentControlState !== "pending";
}
function failed(error) {
  show("cobrowse-closed", error.getMessage());
}

customerCobrowse.addElementIDToRemove("internal");
customerCobrowse.setAgentViewSyncInterval(500);
customerCobrowse.setMouseScrollSyncInterval(1000);
customerCobrowse.setCSSHoverFile({ css: "" });
customerCobrowse.addOnConnectionResetCallback((evt) => {
  if (evt.resume) refresh();
});
customerCobrowse.addOnConnectionCallback((evt) => {
  refresh();
  if (evt.agent) show("cobrowse-agent", evt.agent);
});
customerCobrowse.addOnConnectionFailureCallback((evt) => show("cobrowse-closed", evt.msg));
customerCobrowse.addOnAgentJoinCallback(refresh);
customerCobrowse.addOnControlRequestCallback(refresh);
customerCobrowse.addOnControlReleaseCallback(refresh);
customerCobrowse.addOnfireInactivityCallback(() => {
  $id("idle-dialog").hidden = false;
});
customerCobrowse.addOnStopInactivityTimerCallback(() => {
  $id("idle-dialog").hidden = true;
});
customerCobrowse.addOnSessionCloseCallback((evt) => {
  var parts = evt.msg.split(":");
  var why = { inactive_timeout: "You were away for long. ", session_timeout: "The time is over. " }[parts[0]];
  refresh();
  show("cobrowse-closed", (why || "Closed by the agent. ") + parts[1]);
});
customerCobrowse.start();

$id("begin").onclick = () => customerCobrowse.requestSession("Ada O'Neill", "en").then(refresh, failed);
$id("join").onclick = () =>
  customerCobrowse.joinSession("Ada O'Neill", $id("key").value).then(refresh, failed);
$id("pause").onclick = () => customerCobrowse.pause().then(refresh, failed);
$id("resume").onclick = () => customerCobrowse.resume().then(refresh, failed);
$id("grant").onclick = () => customerCobrowse.grantControl().then(refresh, failed);
$id("deny").onclick = () => customerCobrowse.denyControl().then(refresh, failed);
$id("revoke").onclick = () => customerCobrowse.revokeControl().then(refresh, failed);
$id("leave").onclick = () => customerCobrowse.logoutSession("Thank you").then(refresh, failed);
$id("stay").onclick = () => customerCobrowse.updateIdleTime(60);
$id("save").onclick = () => show("saved", `Saved: ${$id("details").elements.street.value}`);
