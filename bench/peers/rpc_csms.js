// A 1.6 CSMS on npm `ocpp-rpc`: the bare server of its README, with the handlers that a station needs.
// node rpc_csms.js PORT CONTROL_PORT; sends what it is asked to at POST /api/octt/{version}/{station}/{kebab-action}.
const http = require('http');
const { RPCServer, createRPCError } = require('ocpp-rpc');

const [port, controlPort] = process.argv.slice(2).map(Number);
const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true });
const STATUS = { '04A2B3C4D5E6FF': 'Invalid', '04A2B3C4D5E603': 'Blocked', '04A2B3C4D5E604': 'Expired' };
const idTagInfo = (tag) => ({ status: STATUS[tag] || 'Accepted' });
const clients = new Map();
let transaction = 0;

server.auth((accept, reject, handshake) => {
    const known = handshake.identity === 'CS001' && String(handshake.password) === 'correct-horse-battery';
    return known ? accept() : reject(401);
});

server.on('client', (client) => {
    clients.set(client.identity, client);
    const currentTime = () => new Date().toISOString();
    client.handle('BootNotification', () => ({ status: 'Accepted', interval: 10, currentTime: currentTime() }));
    client.handle('Heartbeat', () => ({ currentTime: currentTime() }));
    client.handle('StatusNotification', () => ({}));
    client.handle('MeterValues', () => ({}));
    client.handle('Authorize', ({ params }) => ({ idTagInfo: idTagInfo(params.idTag) }));
    client.handle('StartTransaction', ({ params }) => (
        { transactionId: ++transaction, idTagInfo: idTagInfo(params.idTag) }));
    client.handle('StopTransaction', ({ params }) => (params.idTag ? { idTagInfo: idTagInfo(params.idTag) } : {}));
    client.handle(() => { throw createRPCError('NotImplemented'); });
});

const camel = (kebab) => kebab.replace(/(^|-)(.)/g, (_, dash, letter) => letter.toUpperCase());
http.createServer((request, response) => {
    const [identity, kebab] = request.url.split('/').slice(-2);
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
        const client = clients.get(identity);
        client?.call(camel(kebab), JSON.parse(body || '{}')).catch((error) => console.log(String(error)));
        response.writeHead(client ? 202 : 409).end();
    });
}).listen(controlPort, '127.0.0.1');
server.listen(port, '127.0.0.1');
