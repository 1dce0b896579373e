# Publishes COUNT numbered messages in QoS 1 with paho-mqtt, which comes back by itself when its connection is lost.
# usage: publish.py PORT CLIENT TOPIC COUNT
import sys
import paho.mqtt.client as mqtt

port, client_id, topic, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
client = mqtt.Client(client_id, clean_session=False)
client.reconnect_delay_set(min_delay=1, max_delay=1)
client.connect("127.0.0.1", port, keepalive=5)
client.loop_start()
infos = [client.publish(topic, str(i), qos=1) for i in range(count)]
for info in infos:
    info.wait_for_publish(60)
    if not info.is_published():
        sys.exit("message %d is not acknowledged" % info.mid)
client.disconnect()
client.loop_stop()
