// aedes on a loopback port, as it comes.
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [port, modules] = process.argv.slice(2)
const aedes = createRequire(modules + '/package.json').resolve('aedes')
const { Aedes } = await import(pathToFileURL(aedes))

const broker = await Aedes.createBroker()
createServer(broker.handle).listen(Number(port), '127.0.0.1')
