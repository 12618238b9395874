// em-ocpp-chargepoint-simulator in its batch mode, after the script of its README; CSMS and CONTROL come from
// em_station.sh. The simulator does not reconnect by itself: its script must.
let cp = null;
let plugged = false;
let token = null;
let transaction = null;
const now = () => new Date().toISOString();
const status = (connectorId, value) => cp.sendStatusNotification({ connectorId, errorCode: 'NoError', status: value });

async function begin() {
  if (!plugged || !token || transaction) return;
  transaction = await cp.startTransaction({ connectorId: 1, idTag: token, meterStart: 0, timestamp: now() });
  await status(1, 'Charging');
}

async function end(reason, idTag) {
  const ended = transaction;
  transaction = null;
  token = null;
  const stop = { transactionId: ended.transactionId, meterStop: 100, timestamp: now(), reason };
  await cp.stopTransaction(idTag ? { ...stop, idTag } : stop);
  await status(1, 'Finishing');
}

function answers() {
  cp.answerReset(async (request) => {
    cp.sendResponse(request.uniqueId, { status: 'Accepted' });
    if (transaction) await end(`${request.payload.type}Reset`);
    cp.close();
  });
  cp.answerGetConfiguration((request) => {
    cp.sendResponse(request.uniqueId, { configurationKey: [], unknownKey: request.payload.key || [] });
  });
  cp.answerChangeConfiguration((request) => cp.sendResponse(request.uniqueId, { status: 'NotSupported' }));
  cp.answerChangeAvailability((request) => cp.sendResponse(request.uniqueId, { status: 'Rejected' }));
  cp.answerRemoteStartTransaction(async (request) => {
    cp.sendResponse(request.uniqueId, { status: transaction ? 'Rejected' : 'Accepted' });
    if (!transaction) { token = request.payload.idTag; await begin(); }
  });
  cp.answerRemoteStopTransaction(async (request) => {
    const ours = transaction && transaction.transactionId === request.payload.transactionId;
    cp.sendResponse(request.uniqueId, { status: ours ? 'Accepted' : 'Rejected' });
    if (ours) await end('Remote');
  });
  cp.answerTriggerMessage('Heartbeat', async (request) => {
    cp.sendResponse(request.uniqueId, { status: 'Accepted' });
    await cp.sendHeartbeat();
  });
}

async function start() {
  let connected = false;
  try {
    cp = await connect(CSMS);
    connected = true;
    cp.onClose(() => setTimeout(start, 500));
    answers();
    await cp.sendBootnotification({ chargePointVendor: 'em', chargePointModel: 'simulator' });
    await status(0, 'Available');
    await status(1, plugged ? 'Preparing' : 'Available');
  } catch (error) {
    if (!connected) setTimeout(start, 500);
  }
}

const acts = {
  async plugin() { plugged = true; await status(1, 'Preparing'); await begin(); },
  async plugout() {
    plugged = false;
    if (transaction) await end('EVDisconnected');
    await status(1, 'Available');
  },
  async authorize(query) {
    if (transaction) { await end('Local', query.id); return; }
    const answer = await cp.sendAuthorize({ idTag: query.id });
    if (answer.idTagInfo.status === 'Accepted') { token = query.id; await begin(); }
  },
  async reboot() { plugged = false; token = null; transaction = null; cp.close(); },
};

await start();
require('http').createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const act = acts[url.pathname.split('/').pop()];
  try {
    if (!act) throw new Error(`this peer cannot: ${url.pathname}`);
    await act(Object.fromEntries(url.searchParams));
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(409).end(String(error));
  }
}).listen(CONTROL, '127.0.0.1');
