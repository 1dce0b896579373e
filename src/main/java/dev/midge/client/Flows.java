package dev.midge.client;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.util.Queue;

/**
 * Sees messages of QoS 1 and 2 through their flows, from PUBLISH to the last acknowledgement: by
 * Paho's engine ({@link PahoFlows}), or past it ({@link StreamFlows}).
 */
interface Flows {

  /**
   * The flow of a message begins, or begins anew.
   *
   * @param more whether another message follows at once, so that this one may wait for company
   */
  void begin(InflightMessage flight, Publish packet, boolean more)
      throws ConnectionFailure, InterruptedException;

  /** The flow goes on behind the PUBREC that came by an earlier link [MQTT-4.3.3-6]. */
  void goOn(InflightMessage flight) throws ConnectionFailure, InterruptedException;

  /**
   * The broker has said something about a message. Thread that reads.
   *
   * @param more whether there are bytes of another packet already
   * @param forPaho takes what Paho should read, in MQTT 5
   */
  void answered(InflightMessage flight, Ack ack, boolean more, Queue<Packet> forPaho)
      throws IOException;
}
