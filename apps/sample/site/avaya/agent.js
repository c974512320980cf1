// An agent's page as desks have written them for the Avaya SDK: no token, nothing here knows Copane.
var config = new AvayaCoBrowseClientServices.Config.CoBrowseConfiguration();
config.serverInfo.hostName = location.hostname;
config.serverInfo.port = location.port;
config.serverInfo.isSecure = location.protocol === "https:";
config.enabled = true;

var agentCobrowse = new AvayaCoBrowseClientServices(config).createAgentCobrowse(config);
var Common = AvayaCoBrowseClientServices.Services.Cobrowse.Common;

function $id(id) {
  return document.getElementById(id);
}
function say(text) {
  $id("state").textContent = text;
}
function failed(error) {
  say(error.getMessage());
}

agentCobrowse.setIFrame("customer-page");
agentCobrowse.setAgentCSSPath("css/");
agentCobrowse.setAgentImagePath("img/");
agentCobrowse.setAgentConnectionRetryAttempts(10);
agentCobrowse.setAgentConnectionRetryInterval(10000);
agentCobrowse.addOnConnectionCallback(() =>
  say(`Connected with ${agentCobrowse.getAgentData().getCustomerName()}`),
);
agentCobrowse.addOnConnectionFailureCallback((evt) => say(evt.msg));
agentCobrowse.addOnCustomerJoinCallback(() =>
  say(`${agentCobrowse.getAgentData().getCustomerName()} joined`),
);
agentCobrowse.addOnPauseCallback(() => say("Paused"));
agentCobrowse.addOnResumeCallback(() => say("Resumed"));
agentCobrowse.addOnControlGrantCallback(() => say("In control"));
agentCobrowse.addOnControlDenialCallback(() => say("Control denied"));
agentCobrowse.addOnControlRevokeCallback(() => say("Control taken back"));
agentCobrowse.addOnSessionCloseCallback((evt) => say(`Closed: ${evt.msg}`));
agentCobrowse.addOnInActivityTimeOutOccurredCallback((message) => say(message));
agentCobrowse.addOnStopInActivityTimeOutCallback((message) => say(message));
agentCobrowse.start();

$id("make").onclick = () =>
  agentCobrowse.requestSession("Robin", "en", "robin@example.com").then(() => {
    $id("made").textContent = agentCobrowse.getAgentData().getPassPhrase();
  }, failed);
$id("enter").onclick = () =>
  agentCobrowse
    .joinSession(agentCobrowse.getAgentData().getAgentAuthCode())
    .then(() => say("Waiting for the customer"), failed);
$id("live").onclick = () => agentCobrowse.joinLiveSession("Robin", $id("key").value).then(null, failed);
$id("ask").onclick = () => agentCobrowse.requestControl().then(null, failed);
$id("release").onclick = () => agentCobrowse.releaseControl();
$id("update").onclick = () => agentCobrowse.onDemandUpdate();
$id("draw").onclick = () => {
  agentCobrowse.setAnnotation(
    new Common.AnnotationShapeInfo("blue", "11", Common.AnnotationShapeType.ANNOTATIONSHAPETYPERECTANGLE),
  );
  agentCobrowse.startAnnotation();
};
$id("leave").onclick = () => agentCobrowse.logoutSession("Good bye").then(() => say("Ended"), failed);
