// A 1.6 charging station on npm `ocpp-rpc`: the client of its README, with the handlers that a CSMS needs.
// node rpc_station.js ws://HOST:PORT/ocpp PASSWORD CONTROL_PORT; operated at POST /api/v1/plugin, plugout,
// authorize?id=..., reboot.
const http = require('http');
const { RPCClient, createRPCError } = require('ocpp-rpc');

const [endpoint, password, controlPort] = process.argv.slice(2);
const client = new RPCClient({
    endpoint, password, identity: 'CS001', protocols: ['ocpp1.6'], strictMode: true,
    backoff: { initialDelay: 200, maxDelay: 1000 },
});
let plugged = false;
let token = null;
let transactionId = null;

const now = () => new Date().toISOString();
const status = (connectorId, value) => client.call('StatusNotification', {
    connectorId, errorCode: 'NoError', status: value, timestamp: now(),
});

async function boot() {
    const answer = await client.call('BootNotification', {
        chargePointVendor: 'ocpp-rpc', chargePointModel: 'ocpp-rpc',
    });
    if (answer.status !== 'Accepted') return;
    await status(0, 'Available');
    await status(1, plugged ? 'Preparing' : 'Available');
}

async function begin() {
    if (!plugged || !token || transactionId !== null) return;
    const started = await client.call('StartTransaction', {
        connectorId: 1, idTag: token, meterStart: 0, timestamp: now(),
    });
    transactionId = started.transactionId;
    await status(1, 'Charging');
}

async function end(reason, idTag) {
    const ended = transactionId;
    transactionId = null;
    token = null;
    await client.call('StopTransaction', {
        transactionId: ended, meterStop: 100, timestamp: now(), reason, ...(idTag ? { idTag } : {}),
    });
    await status(1, 'Finishing');
}

const acts = {
    async plugin() { plugged = true; await status(1, 'Preparing'); await begin(); },
    async plugout() {
        plugged = false;
        if (transactionId !== null) await end('EVDisconnected');
        await status(1, 'Available');
    },
    async authorize(query) {
        const idTag = query.get('id');
        if (transactionId !== null) { await end('Local', idTag); return; }
        const answer = await client.call('Authorize', { idTag });
        if (answer.idTagInfo.status === 'Accepted') { token = idTag; await begin(); }
    },
    async reboot() {
        plugged = false;
        token = null;
        transactionId = null;
        await client.close();
        await client.connect();
    },
};

const later = (act) => setImmediate(() => act().catch((error) => console.log(String(error))));
client.handle('Reset', ({ params }) => {
    later(async () => { if (transactionId !== null) await end(`${params.type}Reset`); await acts.reboot(); });
    return { status: 'Accepted' };
});
client.handle('RemoteStartTransaction', ({ params }) => {
    if (transactionId !== null) return { status: 'Rejected' };
    token = params.idTag;
    later(begin);
    return { status: 'Accepted' };
});
client.handle('RemoteStopTransaction', ({ params }) => {
    if (params.transactionId !== transactionId) return { status: 'Rejected' };
    later(() => end('Remote'));
    return { status: 'Accepted' };
});
client.handle('GetConfiguration', ({ params }) => ({ configurationKey: [], unknownKey: params.key || [] }));
client.handle('ChangeConfiguration', () => ({ status: 'NotSupported' }));
client.handle('ChangeAvailability', () => ({ status: 'Rejected' }));
client.handle('ClearCache', () => ({ status: 'Rejected' }));
client.handle('UnlockConnector', () => ({ status: 'NotSupported' }));
client.handle(() => { throw createRPCError('NotImplemented'); });
client.on('open', () => later(boot));

http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const act = acts[url.pathname.split('/').pop()];
    try {
        if (!act) throw new Error(`this peer cannot: ${url.pathname}`);
        await act(url.searchParams);
        response.writeHead(204).end();
    } catch (error) {
        response.writeHead(409).end(String(error));
    }
}).listen(Number(controlPort), '127.0.0.1');

// The client reconnects by itself only after a first success.
(function first() { client.connect().catch(() => setTimeout(first, 500)); }());
