// Publishes COUNT numbered messages in QoS 1 with MQTT.js, which comes back by itself when its connection is lost.
// usage: publish.cjs MODULE PORT CLIENT TOPIC COUNT
const [mqttModule, port, clientId, topic, count] = process.argv.slice(2)
const mqtt = require(mqttModule)
const client = mqtt.connect({
  host: '127.0.0.1', port: Number(port), clientId, clean: false, reconnectPeriod: 50, keepalive: 5
})
let missing = Number(count)
for (let i = 0; i < Number(count); i++) {
  client.publish(topic, String(i), { qos: 1 }, error => {
    if (error) {
      console.error(String(error))
      process.exit(1)
    }
    if (--missing === 0) {
      client.end()
    }
  })
}
client.on('error', () => {})
