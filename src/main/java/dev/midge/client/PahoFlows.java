package dev.midge.client;

import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.util.Queue;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRel;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/**
 * The flows that Paho's engine sees to; it is shown what it needs for that, and nothing that it
 * would stumble over.
 */
final class PahoFlows implements Flows {

  private final Connection link;
  private final InflightWindow flights;
  private final Outgoing outgoing;
  private final PahoPipe pipe;
  private final PahoEngine engine;
  private final Closing closing;

  PahoFlows(
      Connection link,
      InflightWindow flights,
      Outgoing outgoing,
      PahoPipe pipe,
      PahoEngine engine,
      Closing closing) {
    this.link = link;
    this.flights = flights;
    this.outgoing = outgoing;
    this.pipe = pipe;
    this.engine = engine;
    this.closing = closing;
  }

  @Override
  public void begin(InflightMessage flight, Publish packet, boolean more)
      throws ConnectionFailure, InterruptedException {
    pipe.handing(flight.packetId());
    hand(new OwnPublish(packet, outgoing, () -> flights.writing(link, flight)), flight);
  }

  @Override
  public void goOn(InflightMessage flight) throws ConnectionFailure, InterruptedException {
    try {
      hand(new MqttPubRel(0, flight.packetId(), new MqttProperties()), flight);
    } catch (MqttException e) {
      throw new IllegalStateException(e); // There is such a reason code.
    }
  }

  private void hand(MqttWireMessage packet, InflightMessage flight)
      throws ConnectionFailure, InterruptedException {
    try {
      engine.send(packet, new Settled(() -> flights.landed(flight)));
    } catch (MqttException e) {
      closing.broken();
    }
  }

  @Override
  public void answered(InflightMessage flight, Ack ack, boolean more, Queue<Packet> forPaho) {
    boolean refused = ack.type() == PacketType.PUBREC && ReasonCode.isFailure(ack.reasonCode());
    if (refused) {
      pipe.refused(ack.packetId());
    }
    forPaho.add(Ack.of(ack.type(), ack.packetId()));
    if (refused) {
      // The message is done with; Paho, which would tear the connection down, hears of a success.
      forPaho.add(Ack.of(PacketType.PUBCOMP, ack.packetId()));
    }
  }
}
