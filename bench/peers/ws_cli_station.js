// `ocpp simulate` of npm ocpp-ws-cli, as it is: its keys are pressed for it. It knows no cable.
// node ws_cli_station.js URL PROTOCOL CONTROL_PORT; operated at POST /api/v1/authorize?id=..., reboot, state?faulted=...
const http = require('http');
const os = require('os');
const path = require('path');
const { spawn } = require('child_process');

const [endpoint, protocol, controlPort] = process.argv.slice(2);
const cli = path.join(path.dirname(require.resolve('ocpp-ws-cli')), 'index.js');
let child = null;
let charging = false;

function start() {
    charging = false;
    child = spawn(process.execPath, [cli, 'simulate', '-e', endpoint, '-i', 'CS001', '-t', '04A2B3C4D5E601',
        '-p', protocol, '--report', 'json', '--report-dir', os.tmpdir()], { stdio: ['pipe', 'inherit', 'inherit'] });
    // It gives up where the first attempt to connect fails, and when it is killed for a reboot.
    child.once('exit', () => setTimeout(start, 500));
}

const acts = {
    authorize() {
        child.stdin.write(charging ? 'e' : 'a');
        if (!charging) setTimeout(() => child.stdin.write('t'), 300);
        charging = !charging;
    },
    state() { child.stdin.write('s'); },
    reboot() { child.kill('SIGKILL'); },
};

http.createServer((request, response) => {
    const act = acts[new URL(request.url, 'http://localhost').pathname.split('/').pop()];
    if (act) act();
    response.writeHead(act ? 204 : 409).end();
}).listen(Number(controlPort), '127.0.0.1');
process.on('exit', () => child?.kill('SIGKILL'));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit());
start();
