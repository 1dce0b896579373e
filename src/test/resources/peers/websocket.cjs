// Talks to a broker by WebSocket with MQTT.js: sends itself messages of all QoS and one of a megabyte, prints "all came",
// and dies without a word when it gets "die".
// usage: websocket.cjs MODULE URL VERSION CA_FILE
const [mqttModule, url, version, ca] = process.argv.slice(2)
const mqtt = require(mqttModule)
const client = mqtt.connect(url, {
  clientId: 'js', protocolVersion: Number(version), protocolId: version === '3' ? 'MQIsdp' : 'MQTT',
  ca: ca && require('fs').readFileSync(ca), reconnectPeriod: 0,
  will: { topic: 'will', payload: 'gone', qos: 1, retain: false }
})
const payloads = ['zero', 'one', 'two', 'x'.repeat(1000000)]
const came = new Set()
client.on('connect', () => client.subscribe('js/#', { qos: 2 }, error => {
  if (error) {
    throw error
  }
  payloads.forEach((payload, i) => client.publish('js/' + i, payload, { qos: Math.min(i, 2) }))
}))
client.on('message', (topic, message) => {
  if (String(message) === 'die') {
    process.kill(process.pid, 'SIGKILL')
  }
  const i = Number(topic.substring(3))
  if (payloads[i] !== String(message)) {
    throw new Error('wrong message at ' + topic)
  }
  came.add(i)
  if (came.size === payloads.length) {
    console.log('all came')
  }
})
client.on('error', error => { throw error })
