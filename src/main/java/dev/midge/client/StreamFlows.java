package dev.midge.client;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.util.Queue;

/**
 * The flows of a stream of messages, past Paho: its engine hands each packet from thread to thread,
 * which takes several times as long as all the rest. What there is to remember of a message, {@link
 * InflightMessage} does already; here is only what follows from it.
 */
final class StreamFlows implements Flows {

  private final Connection link;
  private final InflightWindow flights;
  private final Outgoing outgoing;
  private final Closing closing;

  StreamFlows(Connection link, InflightWindow flights, Outgoing outgoing, Closing closing) {
    this.link = link;
    this.flights = flights;
    this.outgoing = outgoing;
    this.closing = closing;
  }

  @Override
  public void begin(InflightMessage flight, Publish packet, boolean more)
      throws ConnectionFailure, InterruptedException {
    flights.writing(link, flight);
    send(packet, more);
  }

  @Override
  public void goOn(InflightMessage flight) throws ConnectionFailure, InterruptedException {
    send(Ack.of(PacketType.PUBREL, flight.packetId()), false);
  }

  private void send(Packet packet, boolean more) throws ConnectionFailure, InterruptedException {
    try {
      outgoing.send(packet, more);
    } catch (IOException e) {
      closing.broken();
    }
  }

  @Override
  public void answered(InflightMessage flight, Ack ack, boolean more, Queue<Packet> forPaho)
      throws IOException {
    boolean goesOn = ack.type() == PacketType.PUBREC && !flight.acknowledged();
    if (goesOn) {
      if (!flight.isWrittenBy(link)) { // It is early: the flow begins anew by this link.
        flights.releasing(link, ack.packetId());
      }
      outgoing.send(Ack.of(PacketType.PUBREL, ack.packetId()), more); // [MQTT-4.3.3-4]
    } else if (flight.acknowledged() || flight.isWrittenBy(link)) {
      flights.landed(flight);
    }
  }
}
